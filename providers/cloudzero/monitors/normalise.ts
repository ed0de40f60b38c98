import { type Dimension, isDimension } from '../../../src/domain/dimension.ts';
import type { Monitor, MonitorInput } from '../../../src/domain/nouns.ts';
import { columnOf, type DimensionIndex, dimensionOf } from '../dimensions.ts';
import { blankToNull } from '../normalise.ts';
import { instantOf } from '../timestamps.ts';
import type { InsightBody } from './requests.ts';
import type { PublishedInsight } from './wire.ts';

/** Insights have no sensitivity: this one is shown, and only this one is accepted. */
export const insightSensitivity = 'medium';

/** Our dimension for the vendor's id; an id that is not listed becomes a tag of that id. */
const dimensionOfId = (id: string, index: DimensionIndex | null): Dimension | null => {
  const column = index?.byId.get(id) ?? { id, name: id };
  const known = dimensionOf(column, index);
  if (known !== null) return known;
  const text = `tag:${id}`;
  return isDimension(text) ? text : null;
};

export type MonitorOutcome =
  | { readonly kind: 'monitor'; readonly monitor: Monitor }
  /** It excludes values, or has a dimension that has no name here. */
  | { readonly kind: 'inexpressible'; readonly nativeId: string };

export const monitorOf = (insight: PublishedInsight, index: DimensionIndex | null): MonitorOutcome => {
  const inexpressible = { kind: 'inexpressible', nativeId: insight.id } as const;
  const filters: [Dimension, readonly string[]][] = [];
  for (const [id, values] of Object.entries(insight.filters ?? {})) {
    const key = id.startsWith('!') ? null : dimensionOfId(id, index);
    if (key === null || filters.some(([other]) => other === key)) return inexpressible;
    filters.push([key, values]);
  }
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
      filters: Object.fromEntries(filters),
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

export const matchesMonitor = (monitor: Monitor, input: MonitorInput): boolean =>
  monitor.name === input.name &&
  monitor.description === blankToNull(input.description) &&
  textOfFilters(monitor.filters) === textOfFilters(input.filters) &&
  monitor.groupBy.join('\n') === input.groupBy.join('\n');
