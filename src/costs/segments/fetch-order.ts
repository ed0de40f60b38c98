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

export const segmentKey = (
  { connection, filing, source, costType }: Pick<FetchOrder, 'connection' | 'filing' | 'source' | 'costType'>,
  month: Month,
): SegmentKey => {
  const edition = monthEdition(connection, filing.edition, month);
  return {
    storageKey: filing.storageKey,
    cube: source.cube.id,
    dimensions: source.dimensions,
    costType,
    month,
    ...(edition === '' ? {} : { edition }),
  };
};

/** What of the edition concerns the figures of a month; empty where it is part of the storage key or concerns none. */
const monthEdition = ({ connector }: Connection, edition: string | null, month: Month): string =>
  edition === null ? '' : (connector.editionOf?.(edition, month) ?? '');

/** Whether figures of these months in this edition are stored elsewhere than the order says. */
export const isOtherEdition = (
  { connection, filing }: FetchOrder,
  edition: string,
  months: readonly Month[],
): boolean =>
  edition !== filing.edition &&
  (connection.connector.editionOf === undefined ||
    months.some(
      (month) => monthEdition(connection, edition, month) !== monthEdition(connection, filing.edition, month),
    ));
