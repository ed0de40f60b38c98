import { instantText } from '../domain/day.ts';
import { asFailure, Failure, type FailureKind } from '../domain/failure/failure.ts';
import { problemKinds, problemOf } from '../domain/failure/problem.ts';
import type { ProviderState, ProviderStatus } from '../domain/meta.ts';
import type { Connection } from './connection.ts';
import type { Part } from './part.ts';

export interface Gathered<T> {
  readonly parts: readonly { readonly connection: Connection; readonly value: T }[];
  readonly providers: readonly ProviderStatus[];
  readonly complete: boolean;
}

/** The problem as it stands inside a body: nothing in it changes from one hit to the next. */
const settledProblem = (failure: Failure) => {
  const { type, title, status, detail } = problemOf(failure, { instance: '', requestId: '' });
  return { type, title, status, detail };
};

const statusOf = (connection: Connection, part: Omit<Part<unknown>, 'value'>): ProviderStatus => ({
  provider: connection.provider,
  connection: connection.id,
  status: part.state,
  notes: part.notes.map(({ code, message }) => ({ code, message })),
  asOf: part.asOf === null ? null : instantText(part.asOf),
  completeThrough: part.completeThrough,
  missing: [...part.missing],
  ...(part.failure === null ? {} : { problem: settledProblem(part.failure) }),
});

export const failedStatus = (connection: Connection, failure: Failure): ProviderStatus =>
  statusOf(connection, { state: 'failed', notes: [], asOf: null, completeThrough: null, missing: [], failure });

const goodness: readonly ProviderState[] = ['failed', 'unsupported', 'partial', 'stale', 'fresh'];

/** Of two statuses of one connection the worse; an answer is as good as its worst part. */
export const worseStatus = (left: ProviderStatus, right: ProviderStatus): ProviderStatus =>
  goodness.indexOf(right.status) < goodness.indexOf(left.status)
    ? { ...right, asOf: left.asOf, completeThrough: left.completeThrough, notes: left.notes }
    : left;

/** Worst first: what a strict or wholly failed answer is refused with. */
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

/** Kinds that say the gateway itself is at fault: they are not hidden in a partial answer. */
const ownFaults: ReadonlySet<FailureKind> = new Set(['internal', 'invalid-request']);

/**
 * Asks every connection at once. One failing does not fail the others: it is named with its problem. Only when
 * nothing could be answered, or `strict` was asked for, the worst problem becomes the answer.
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
        if (ownFaults.has(failure.kind)) throw failure;
        return { connection, part: null, failure };
      }
    }),
  );
  const troubles = outcomes.flatMap(({ connection, part, failure }) => {
    const trouble = failure ?? part?.failure ?? null;
    return trouble === null ? [] : [{ connection, failure: trouble }];
  });
  const answered = outcomes.filter(({ part }) => part !== null && part.state !== 'unsupported');
  const failed = outcomes.filter(({ part }) => part === null);
  const refusal = worstOf(
    strict
      ? troubles
      : failed.length > 0 && answered.length === 0
        ? troubles.filter(({ failure }) => rank(failure) < 4)
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
