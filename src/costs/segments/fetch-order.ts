import type { CostType } from '../../domain/cost.ts';
import type { Day, Month } from '../../domain/day.ts';
import type { Connection, Filing } from '../../vendor/connection.ts';
import type { Source } from '../planning/cover.ts';
import type { SegmentKey } from './segment.ts';

/** What to fetch from a vendor: the missing days, by month. */
export interface FetchOrder {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly source: Source;
  readonly costType: CostType;
  readonly lacking: ReadonlyMap<Month, readonly Day[]>;
  readonly purpose: 'dashboard' | 'refresh';
  /** Time between attempts at which the quota lasts; 0 without a quota. */
  readonly paceMs: number;
}

export const segmentKey = (storageKey: string, source: Source, costType: CostType, month: Month): SegmentKey => ({
  storageKey,
  cube: source.cube.id,
  dimensions: source.dimensions,
  costType,
  month,
});
