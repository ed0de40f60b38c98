import type { CostType } from '../../domain/cost.ts';
import type { Day } from '../../domain/day.ts';
import type { Dimension, NamedDimension } from '../../domain/dimension.ts';

/** What was read, notes about it, and what could not be read. An empty list means that there are no items. */
export interface Reading<T> {
  readonly items: readonly T[];
  readonly notes: readonly Note[];
  /** Not empty: the reading is partial. Each names what could not be read and where it was. */
  readonly faults: readonly ReadingFault[];
}
export interface Note {
  readonly code: string;
  readonly message: string;
}
export interface ReadingFault {
  /** Where in the vendor's answer, such as `costs[3].cost`. */
  readonly path: string;
  readonly message: string;
  /** The day it concerns; absent when it may concern every day of the reading. */
  readonly day?: Day | undefined;
}

export interface CostQuestion {
  readonly cube: string;
  /** The cube's own dimensions followed by the optional ones that were asked for; rows answer in this order. */
  readonly dimensions: readonly Dimension[];
  readonly costType: CostType;
  /** For a cube of span `range`: whole months or a part; of `month`: inside one month; of `day`: each day is one call. */
  readonly start: Day;
  readonly end: Day;
}

export interface CostReading extends Reading<SourceCost> {
  /** The last day that the vendor has completely reported; `null` if that cannot be known. */
  readonly completeThrough: Day | null;
  /** The types that every row carries in `amounts`, beside the one that was asked for. They are stored as well. */
  readonly costTypes?: readonly CostType[];
  /** The edition these figures are in, where the connector has editions. */
  readonly edition?: string;
  /** Names of ids, by dimension, where the vendor sends them. */
  readonly labels?: Readonly<Partial<Record<NamedDimension, ReadonlyMap<string, string>>>>;
}

export interface SourceCost {
  /** The day; for a monthly cube the first of the month. */
  readonly day: Day;
  /** In the order of the question's dimensions; `null` where the vendor says there is none. */
  readonly values: readonly (string | null)[];
  /** Any decimal notation, every digit that the vendor sent. */
  readonly amount: string;
  readonly currency: string;
  /** Amounts of other cost types in the same currency, where one answer of the vendor has several. */
  readonly amounts?: Readonly<Partial<Record<CostType, string>>>;
  /** What was used, where the vendor tells: any decimal notation, and its unit in the vendor's word. */
  readonly quantity?: { readonly amount: string; readonly unit: string };
}
