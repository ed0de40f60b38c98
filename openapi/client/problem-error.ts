import type { components } from './generated.ts';

/** Problem details after RFC 9457, as the gateway sends them. */
export type Problem = components['schemas']['Problem'];

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'type' in value && 'title' in value && 'status' in value;

/** An answer that is no success, thrown where only data can be given back. */
export class ProblemError extends Error {
  readonly status: number;
  /** Null where something between said no, such as a proxy. */
  readonly problem: Problem | null;
  readonly response: Response;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : null;
    super(problem === null ? `the gateway answered ${response.status}` : `${problem.title}: ${problem.detail}`);
    this.name = 'ProblemError';
    this.status = response.status;
    this.problem = problem;
    this.response = response;
  }
}
