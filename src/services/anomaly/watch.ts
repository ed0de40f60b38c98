import { cover, monthNeeds } from '../../costs/planning/cover.ts';
import type { CostQuery, FilterValues } from '../../costs/query/query.ts';
import type { Day } from '../../domain/day.ts';
import { type Dimension, type GroupKey, isDimension } from '../../domain/dimension.ts';
import type { Money } from '../../domain/money.ts';
import type { Monitor, Sensitivity } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import { builtInDimensions, type GatewayReference } from './gateway-id.ts';

/** One way of looking at the daily costs of a connection. */
export interface Watch {
  readonly id: GatewayReference['watch'];
  /** What its anomalies are called; null: after what they are of. */
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

/** Null where the monitor names what is no dimension of costs. */
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

/** More groups than these are not looked at: the rest of each day comes as one row. */
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

/** Can one of the connection's daily cubes tell all of that apart? Nobody is asked. */
export const canWatch = (
  { connector }: Connection,
  watch: Pick<Watch, 'groupBy' | 'filters'>,
  today: Day,
  end: Day,
): boolean => {
  const query = watchQuery(watch, { start: today, end });
  const coverage = cover(query, monthNeeds(query, today), connector.capabilities.costs.cubes);
  return coverage.ok && coverage.missing.length === 0;
};
