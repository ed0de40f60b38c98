import { asFailure, type Failure } from '../../domain/failure/failure.ts';
import type { ProviderState } from '../../domain/meta.ts';
import type { Part } from '../../vendor/part.ts';

/** What there is to say where nobody was asked. */
export const nothing: Part<readonly never[]> = {
  value: [],
  state: 'fresh',
  notes: [],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: null,
};

const goodness: readonly ProviderState[] = ['failed', 'unsupported', 'partial', 'stale', 'fresh'];

/** Two parts of one connection as one: as good as the worse of them, and as old as the older. */
export const joined = <Left, Right, Value>(left: Part<Left>, right: Part<Right>, value: Value): Part<Value> => {
  const worse = goodness.indexOf(right.state) < goodness.indexOf(left.state) ? right : left;
  const asOfs = [left.asOf, right.asOf].filter((asOf) => asOf !== null);
  return {
    value,
    state: worse.state,
    notes: [...left.notes, ...right.notes],
    asOf: asOfs.length === 0 ? null : Math.min(...asOfs),
    completeThrough: left.completeThrough ?? right.completeThrough,
    missing: [...new Set([...left.missing, ...right.missing])],
    failure: worse.failure ?? left.failure ?? right.failure,
  };
};

/** A part that is not there, for this reason, beside others that are. */
export const lacking = (failure: Failure): Part<readonly never[]> => ({ ...nothing, state: 'partial', failure });

/**
 * Asks for two lists of one connection at once. One that fails takes the other not down; where there is nothing but
 * failures, the first is thrown. Null stands for a side that has nothing of the kind.
 */
export const beside = async <Item>(
  left: Promise<Part<readonly Item[]>> | null,
  right: Promise<Part<readonly Item[]>> | null,
): Promise<Part<readonly Item[]>> => {
  const asked = [left, right].filter((each) => each !== null);
  const outcomes = await Promise.allSettled(asked);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [asFailure(outcome.reason)] : []));
  const grave = failures.find(({ kind }) => kind === 'internal');
  const [first] = failures;
  if (grave !== undefined) throw grave;
  if (first !== undefined && failures.length === outcomes.length) throw first;
  const parts = outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : lacking(asFailure(outcome.reason)),
  );
  const [one = nothing, other] = parts;
  return other === undefined ? one : joined(one, other, [...one.value, ...other.value]);
};
