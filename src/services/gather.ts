import { type Day, instantText } from '../domain/day.ts';
import type { Dimension } from '../domain/dimension.ts';
import { asFailure, Failure, type FailureKind } from '../domain/failure/failure.ts';
import { problemKinds, problemOf } from '../domain/failure/problem.ts';
import type { ProviderState, ProviderStatus } from '../domain/meta.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Note, Reading } from '../vendor/contract/contract.ts';

/** One connection's part of an answer, and how good it is. */
export interface Part<T> {
  readonly value: T;
  readonly state: ProviderState;
  readonly notes: readonly Note[];
  readonly asOf: number | null;
  readonly completeThrough: Day | null;
  readonly missing: readonly Dimension[];
  /** Why the state is not `fresh`. */
  readonly failure: Failure | null;
}

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
 * Asks every connection at once. One that fails takes no other down: it is named with its problem. Only when
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

/** A vendor list as a part: faults make it partial, named by where they stood. */
export const partOf = <T>(reading: Reading<T>, asOf: number): Part<readonly T[]> => ({
  value: reading.items,
  state: reading.faults.length === 0 ? 'fresh' : 'partial',
  notes: reading.notes,
  asOf,
  completeThrough: null,
  missing: [],
  failure: incompleteness(reading.faults),
});

/** What could not be read of a vendor's answer, as one failure; `null` when all could. */
export const incompleteness = (faults: Reading<unknown>['faults']): Failure | null => {
  if (faults.length === 0) return null;
  const named = faults.slice(0, 3).map(({ path, message }) => `${path} ${message}`.replace(/\.+$/, ''));
  const more = faults.length > named.length ? ` and ${faults.length - named.length} more` : '';
  return new Failure('vendor-incomplete', {
    public: `A part of the vendor's answer could not be used: ${named.join('; ')}${more}.`,
  });
};
