import type { Day } from '../../domain/day.ts';
import type { Dimension } from '../../domain/dimension.ts';
import type { CostQuery } from '../query/query.ts';
import type { Block, Segment } from '../segments/segment.ts';

/** A part of a segment that belongs to an answer. */
export interface Slice {
  readonly provider: string;
  readonly connection: string;
  readonly segment: Segment;
  readonly grain: 'daily' | 'monthly';
  readonly start: Day;
  readonly end: Day;
  /** Grouped dimensions that a part of the connection's data lacks. They are null in all rows, so that no group is half counted. */
  readonly missing: readonly Dimension[];
  /** The filters of the query as the values of this connection are written; those of the query when absent. */
  readonly filters?: CostQuery['filters'];
}

/** The blocks that belong to the answer, by day. */
export const blocksOf = (slice: Slice): [Day, Block][] =>
  [...slice.segment.blocks].filter(([day]) => slice.grain === 'monthly' || (day >= slice.start && day < slice.end));
