import type { Day } from '../domain/day.ts';
import type { Dimension } from '../domain/dimension.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { ProviderState } from '../domain/meta.ts';
import type { Note, Reading } from './contract/contract.ts';

/** One connection's part of an answer, and its state. */
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

/** The states of a part, worst first. */
export const statesWorstFirst: readonly ProviderState[] = ['failed', 'unsupported', 'partial', 'stale', 'fresh'];

export const vendorAnswerLate = (): Failure =>
  new Failure('deadline-exceeded', {
    public:
      'The vendor had not answered when the deadline of this request was reached; its answer will be cached for the next request.',
  });

/** One failure for all faults in a vendor's answer; null when there are none. */
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
