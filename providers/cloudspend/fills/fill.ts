import type { Day } from '../../../src/domain/day.ts';
import type { CostQuestion, CostReading, FillSession, Note, SourceCost } from '../../../src/vendor/kit/index.ts';
import type { Availability } from '../availability.ts';
import type { Decoded } from '../partial.ts';

/** What the fills of all cubes work with. */
export interface Fill {
  readonly session: FillSession;
  readonly question: CostQuestion;
  readonly range: Availability;
}

export interface Figures extends Decoded<SourceCost> {
  readonly notes?: readonly Note[];
}

/** Days without figures of their own, such as those that are all handed over. */
export const noFigures: Figures = { items: [], faults: [] };

/** The figures as a reading in the display currency that they were read in. */
export const readingOf = (
  { items, faults, notes = [] }: Figures,
  { completeThrough }: Availability,
  edition: string,
  labels: CostReading['labels'] = {},
): CostReading => ({ items, faults, notes, completeThrough, edition, labels });

/** A stretch of days, `end` not included. */
export interface Days {
  readonly start: Day;
  readonly end: Day;
}
