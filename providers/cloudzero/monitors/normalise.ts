import { compare } from '../../../src/domain/decimal.ts';
import { type Dimension, isDimension } from '../../../src/domain/dimension.ts';
import { amountOf, type Money } from '../../../src/domain/money.ts';
import type { Monitor, MonitorInput } from '../../../src/domain/nouns.ts';
import { columnOf, type DimensionIndex, dimensionOfId } from '../dimensions.ts';
import { blankToNull } from '../normalise.ts';
import { instantOf } from '../timestamps.ts';
import { monitorFilters } from './filters.ts';
import type { InsightBody } from './requests.ts';
import type { PublishedInsight } from './wire.ts';

/** Insights have no sensitivity: this one is shown, and only this one is accepted. */
export const insightSensitivity = 'medium';

export type MonitorOutcome =
  | { readonly kind: 'monitor'; readonly monitor: Monitor }
  /** It excludes values, or has a dimension that has no name here. */
  | { readonly kind: 'inexpressible'; readonly nativeId: string };

export const monitorOf = (insight: PublishedInsight, index: DimensionIndex | null): MonitorOutcome => {
  const inexpressible = { kind: 'inexpressible', nativeId: insight.id } as const;
  const filters = monitorFilters(insight.filters ?? {}, index);
  if (filters === null) return inexpressible;
  const groupBy: Dimension[] = [];
  for (const id of insight.group_by ?? []) {
    const key = dimensionOfId(id, index);
    if (key === null) return inexpressible;
    groupBy.push(key);
  }
  return {
    kind: 'monitor',
    monitor: {
      nativeId: insight.id,
      name: blankToNull(insight.name) ?? insight.id,
      description: blankToNull(insight.description),
      filters,
      groupBy,
      sensitivity: insightSensitivity,
      minImpact: null,
      createdAt: instantOf(insight.created_at ?? ''),
      updatedAt: instantOf(insight.updated_at ?? ''),
    },
  };
};

/** The body with the vendor's dimension ids, or the name of a dimension that this organisation does not have. */
export const insightBodyOf = (input: MonitorInput, index: DimensionIndex | null): InsightBody | string => {
  const keys = [...Object.keys(input.filters), ...input.groupBy];
  const ids = new Map(keys.map((key) => [key, isDimension(key) ? (columnOf(key, index)?.id ?? null) : null]));
  const lacking = keys.find((key) => ids.get(key) === null);
  if (lacking !== undefined) return lacking;
  return {
    name: input.name,
    description: input.description ?? '',
    filters: Object.fromEntries(Object.entries(input.filters).map(([key, values]) => [ids.get(key) ?? key, values])),
    group_by: input.groupBy.map((key) => ids.get(key) ?? key),
  };
};

const textOfFilters = (filters: MonitorInput['filters']): string =>
  JSON.stringify(
    Object.entries(filters)
      .map(([key, values]) => [key, ...[...new Set(values)].sort()])
      .sort(([left = ''], [right = '']) => (left < right ? -1 : 1)),
  );

const sameMoney = (left: Money | null, right: Money | null): boolean =>
  left === null || right === null
    ? left === right
    : left.currency === right.currency && compare(amountOf(left), amountOf(right)) === 0;

export const matchesMonitor = (monitor: Monitor, input: MonitorInput): boolean =>
  monitor.name === input.name &&
  monitor.description === blankToNull(input.description) &&
  textOfFilters(monitor.filters) === textOfFilters(input.filters) &&
  monitor.groupBy.join('\n') === input.groupBy.join('\n') &&
  sameMoney(monitor.minImpact, input.minImpact);
