import { instantText } from '../domain/day.ts';
import { asFailure, Failure, type FailureKind } from '../domain/failure/failure.ts';
import { problemOf } from '../domain/failure/problem.ts';
import { problemKinds } from '../domain/failure/problem-kinds.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import type { Connection } from './connection.ts';
import { type Part, statesWorstFirst } from './part.ts';

export interface Gathered<T> {
  readonly parts: readonly { readonly connection: Connection; readonly value: T }[];
  readonly providers: readonly ProviderStatus[];
  readonly complete: boolean;
}

/** The problem without instance and request id, so that equal answers have equal bodies. */
const stableProblem = (failure: Failure) => {
  const { type, title, status, detail } = problemOf(failure, { instance: '', requestId: '' });
  return { type, title, status, detail };
};

const statusOf = (connection: Connection, part: Omit<Part<unknown>, 'value'>): ProviderStatus => ({
  provider: connection.provider,
  connection: connection.id,
  status: part.state,
  notes: [...part.notes, ...connection.notes()].map(({ code, message }) => ({ code, message })),
  asOf: part.asOf === null ? null : instantText(part.asOf),
  completeThrough: part.completeThrough,
  missing: [...part.missing],
  ...(part.failure === null ? {} : { problem: stableProblem(part.failure) }),
});

export const failedStatus = (connection: Connection, failure: Failure): ProviderStatus =>
  statusOf(connection, { state: 'failed', notes: [], asOf: null, completeThrough: null, missing: [], failure });

/** The worse of two statuses of one connection, with the dates and notes of the first. */
export const worseStatus = (left: ProviderStatus, right: ProviderStatus): ProviderStatus =>
  statesWorstFirst.indexOf(right.status) < statesWorstFirst.indexOf(left.status)
    ? { ...right, asOf: left.asOf, completeThrough: left.completeThrough, notes: left.notes }
    : left;

/** The status of an answer of which a part cannot be used for this reason. A worse one stays as it is. */
export const partialStatus = (status: ProviderStatus, failure: Failure): ProviderStatus =>
  worseStatus(status, { ...status, status: 'partial', problem: stableProblem(failure) });

/** Statuses of problems, worst first. The worst one becomes the status of a strict or fully failed answer. */
const severity: readonly number[] = [502, 504, 503, 429, 422];
const rank = (failure: Failure): number => {
  const position = severity.indexOf(problemKinds[failure.kind].status);
  return position === -1 ? -1 : position;
};

const worstOf = (failures: readonly { connection: Connection; failure: Failure }[]): Failure | null => {
  const sorted = [...failures].sort((left, right) => rank(left.failure) - rank(right.failure));
  const worst = sorted[0];
  if (worst === undefined) return null;
  const waits = failures.map(({ failure }) => failure.details.retryAfterMs).filter((wait) => wait !== undefined);
  return new Failure(worst.failure.kind, {
    ...worst.failure.details,
    public: failures.map(({ connection, failure }) => `${connection.id}: ${failure.details.public}`).join(' '),
    ...(waits.length === 0 ? {} : { retryAfterMs: Math.min(...waits) }),
  });
};

/** Faults of the gateway or the caller. They always fail the whole answer. */
const neverPartial: ReadonlySet<FailureKind> = new Set(['internal', 'invalid-request', 'question-too-large']);

/**
 * Asks every connection at once. One failing does not fail the others; the answer names it with its problem. With
 * `strict`, or when no connection could answer, the worst problem is thrown.
 */
export const gather = async <T>(
  connections: readonly Connection[],
  strict: boolean,
  work: (connection: Connection) => Promise<Part<T>>,
): Promise<Gathered<T>> => {
  const outcomes = await Promise.all(
    connections.map(async (connection) => {
      try {
        return { connection, part: await work(connection), failure: null };
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (neverPartial.has(failure.kind)) throw failure;
        return { connection, part: null, failure };
      }
    }),
  );
  const problems = outcomes.flatMap(({ connection, part, failure }) => {
    const problem = failure ?? part?.failure ?? null;
    return problem === null ? [] : [{ connection, failure: problem }];
  });
  const answered = outcomes.filter(({ part }) => part !== null && part.state !== 'unsupported');
  const failed = outcomes.filter(({ part }) => part === null);
  const refusal = worstOf(
    strict
      ? problems
      : failed.length > 0 && answered.length === 0
        ? problems.filter(({ failure }) => rank(failure) < 4)
        : [],
  );
  if (refusal !== null) throw refusal;
  const providers = outcomes.map(({ connection, part, failure }) =>
    statusOf(
      connection,
      part ?? { state: 'failed', notes: [], asOf: null, completeThrough: null, missing: [], failure },
    ),
  );
  return {
    parts: outcomes.flatMap(({ connection, part }) => (part === null ? [] : [{ connection, value: part.value }])),
    providers,
    complete: providers.every((provider) => provider.status === 'fresh'),
  };
};
