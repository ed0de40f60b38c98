import { cover, monthNeeds } from '../../costs/planning/cover.ts';
import type { CostQuery, FilterValues } from '../../costs/query/query.ts';
import type { Day } from '../../domain/day.ts';
import { type Dimension, type GroupKey, isDimension } from '../../domain/dimension.ts';
import type { Money } from '../../domain/money.ts';
import type { Monitor, Sensitivity } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import { builtInDimensions, type GatewayReference } from './gateway-id.ts';

/** A selection of daily costs in which anomalies are detected. */
export interface Watch {
  readonly id: GatewayReference['watch'];
  /** The name of its anomalies; null if they are named after their group. */
  readonly name: string | null;
  readonly groupBy: readonly Dimension[];
  readonly filters: ReadonlyMap<GroupKey, FilterValues>;
  readonly sensitivity: Sensitivity;
  readonly minImpact: Money | null;
}

export const builtInWatches: readonly Watch[] = builtInDimensions.map((dimension) => ({
  id: { dimension },
  name: null,
  groupBy: [dimension],
  filters: new Map(),
  sensitivity: 'medium',
  minImpact: null,
}));

/** Null if the monitor names something that is not a dimension of costs. */
export const monitorWatch = (monitor: Monitor): Watch | null => {
  const filters = new Map<GroupKey, FilterValues>();
  for (const [key, values] of Object.entries(monitor.filters)) {
    if (!isDimension(key)) return null;
    filters.set(key, [...values]);
  }
  const groupBy = monitor.groupBy.filter(isDimension);
  if (groupBy.length < monitor.groupBy.length) return null;
  const { nativeId, name, sensitivity, minImpact } = monitor;
  return { id: { monitor: nativeId }, name, groupBy, filters, sensitivity, minImpact };
};

/** Limit of watched groups; the others come as one row per day. */
export const groupsMax = 200;

export const watchQuery = (
  { groupBy, filters }: Pick<Watch, 'groupBy' | 'filters'>,
  range: { readonly start: Day; readonly end: Day },
  top: number | null = groupsMax,
): CostQuery => ({
  ...range,
  granularity: 'daily',
  groupBy,
  filters,
  costType: 'billed',
  currency: null,
  sort: 'start',
  top,
});

/**
 * Whether a daily cube of the connection has all dimensions of the watch. Cubes that are read on demand serve only the
 * monitors that somebody made. Calls no vendor.
 */
export const canWatch = (
  { connector }: Connection,
  watch: Pick<Watch, 'groupBy' | 'filters'> & Partial<Pick<Watch, 'id'>>,
  today: Day,
  end: Day,
): boolean => {
  const query = watchQuery(watch, { start: today, end });
  const builtIn = watch.id !== undefined && 'dimension' in watch.id;
  const cubes = connector.capabilities.costs.cubes.filter((cube) => !builtIn || cube.onDemand !== true);
  const coverage = cover(query, monthNeeds(query, today), cubes);
  return coverage.ok && coverage.missing.length === 0;
};
