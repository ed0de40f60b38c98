import type { Day } from '../domain/day.ts';
import type { Dimension } from '../domain/dimension.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { ProviderState } from '../domain/meta.ts';
import type { Note, Reading } from './contract/contract.ts';

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

/** What could not be read of a vendor's answer, as one failure; `null` when all could. */
export const incompleteness = (faults: Reading<unknown>['faults']): Failure | null => {
  if (faults.length === 0) return null;
  const named = faults.slice(0, 3).map(({ path, message }) => `${path} ${message}`.replace(/\.+$/, ''));
  const more = faults.length > named.length ? ` and ${faults.length - named.length} more` : '';
  return new Failure('vendor-incomplete', {
    public: `A part of the vendor's answer could not be used: ${named.join('; ')}${more}.`,
  });
};

/** A part of which nothing is missing. */
export const freshPart = <T>(value: T, more: Partial<Omit<Part<T>, 'value' | 'state' | 'failure'>> = {}): Part<T> => ({
  value,
  state: 'fresh',
  notes: [],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: null,
  ...more,
});
