import type { CostType } from '../../domain/cost.ts';
import type { Day, Month } from '../../domain/day.ts';
import type { Connection, Filing } from '../../vendor/connection.ts';
import type { Source } from '../planning/cover.ts';
import type { SegmentKey } from './segment.ts';

/** What has to be read from a vendor: the days that are lacking, by month. */
export interface FetchOrder {
  readonly connection: Connection;
  readonly filing: Filing;
  readonly source: Source;
  readonly costType: CostType;
  readonly lacking: ReadonlyMap<Month, readonly Day[]>;
  readonly purpose: 'dashboard' | 'refresh';
  /** How far apart attempts must be for the quota they draw on to last; 0 where they draw on none. */
  readonly paceMs: number;
}

export const segmentKey = (storageKey: string, source: Source, costType: CostType, month: Month): SegmentKey => ({
  storageKey,
  cube: source.cube.id,
  dimensions: source.dimensions,
  costType,
  month,
});
