import { type CommitmentKind, sourceCommitmentSchema } from '../domain/commitment.ts';
import type { Day } from '../domain/day.ts';
import type { ListParameters } from './list-request.ts';
import { defineList } from './plain-list.ts';

export interface CommitmentParameters extends ListParameters {
  readonly kind?: readonly CommitmentKind[] | undefined;
  /** Only those that end before this day; one whose end nobody tells is not among them. */
  readonly expiresBefore?: Day | undefined;
}

export const createCommitmentService = defineList({
  name: 'commitments',
  item: sourceCommitmentSchema,
  maxAgeMs: 6 * 60 * 60_000,
  source: ({ commitments }) => commitments,
  present: ({ nativeId: _, ...commitment }) => commitment,
  wanted:
    ({ kind, expiresBefore }: CommitmentParameters) =>
    (commitment) =>
      (kind?.includes(commitment.kind) ?? true) &&
      (expiresBefore === undefined || (commitment.end !== null && commitment.end < expiresBefore)),
});
