import type { components } from './generated.ts';

/** Problem details by RFC 9457, as the gateway sends them. */
export type Problem = components['schemas']['Problem'];

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'type' in value && 'title' in value && 'status' in value;

/** An error answer, thrown by functions that return only data. */
export class ProblemError extends Error {
  readonly status: number;
  /** Null if the answer is not from the gateway, but for example from a proxy. */
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
