import type { z } from 'zod';
import type { DetectedAnomaly } from '../../analysis/index.ts';
import { noValue } from '../../costs/query/query.ts';
import { money } from '../../domain/money.ts';
import type { gatewayAnomalySchema } from '../../domain/nouns.ts';
import { gatewayId } from './gateway-id.ts';
import type { GroupSeries } from './series.ts';
import type { Watch } from './watch.ts';

export type GatewayAnomaly = z.output<typeof gatewayAnomalySchema>;

/** The scope in the form of cost filters: the group, and the single-valued filters of the watch. */
const scopeOf = ({ groupBy, filters }: Watch, { values }: GroupSeries): Record<string, string> => {
  const scope: Record<string, string> = {};
  for (const [key, wanted] of filters) {
    const [only, ...more] = wanted;
    if (only !== undefined && more.length === 0) scope[key] = only ?? noValue;
  }
  for (const [index, key] of groupBy.entries()) scope[key] = values[index] ?? noValue;
  return scope;
};

export const anomalyOf = (watch: Watch, series: GroupSeries, found: DetectedAnomaly): GatewayAnomaly => {
  const { day, severity, direction, expected, actual, closedOn } = found;
  const { values, first, currency } = series;
  const status = closedOn === null ? 'open' : 'closed';
  return {
    nativeId: gatewayId({ watch: watch.id, values, day, currency: first ? null : currency }),
    name: watch.name ?? series.name,
    detectedAt: `${day}T00:00:00Z`,
    day,
    severity,
    status,
    nativeStatus: status,
    direction,
    scope: scopeOf(watch, series),
    expected: money(expected, currency),
    actual: money(actual, currency),
  };
};
