import { asFailure, type Failure } from '../../domain/failure/failure.ts';
import { type Part, statesWorstFirst } from '../../vendor/part.ts';

/** The part of a connection that was not asked. */
export const emptyPart: Part<readonly never[]> = {
  value: [],
  state: 'fresh',
  notes: [],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: null,
};

/** Combines two parts of one connection, with the worse state and the older `asOf`. */
export const joinParts = <Left, Right, Value>(left: Part<Left>, right: Part<Right>, value: Value): Part<Value> => {
  const worse = statesWorstFirst.indexOf(right.state) < statesWorstFirst.indexOf(left.state) ? right : left;
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

/** A part that is missing because of this failure, to be combined with others. */
export const missingPart = (failure: Failure): Part<readonly never[]> => ({ ...emptyPart, state: 'partial', failure });

/**
 * Reads two lists of one connection at once. One failing does not fail the other; if all fail, the first failure is
 * thrown. Null stands for a list that does not exist.
 */
export const readBoth = async <Item>(
  left: Promise<Part<readonly Item[]>> | null,
  right: Promise<Part<readonly Item[]>> | null,
): Promise<Part<readonly Item[]>> => {
  const asked = [left, right].filter((each) => each !== null);
  const outcomes = await Promise.allSettled(asked);
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [asFailure(outcome.reason)] : []));
  const internal = failures.find(({ kind }) => kind === 'internal');
  const [first] = failures;
  if (internal !== undefined) throw internal;
  if (first !== undefined && failures.length === outcomes.length) throw first;
  const parts = outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : missingPart(asFailure(outcome.reason)),
  );
  const [one = emptyPart, other] = parts;
  return other === undefined ? one : joinParts(one, other, [...one.value, ...other.value]);
};
