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
  /**
   * The days of a month that are not fresh, where some of them were never read: an earlier fetch was broken off, or the
   * month went on. The days around them are not asked for again.
   */
  readonly unread: ReadonlyMap<Month, readonly Day[]>;
  readonly purpose: 'dashboard' | 'refresh' | 'backfill';
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
