import type { Dimension } from '../../../src/domain/dimension.ts';
import type { MonitorInput } from '../../../src/domain/nouns.ts';
import { type DimensionIndex, dimensionOfId } from '../dimensions.ts';

/** Why a monitor cannot name the cloud, or null where it does not. */
export const refusedCloud = ({ filters, groupBy }: Pick<MonitorInput, 'filters' | 'groupBy'>): string | null =>
  [...Object.keys(filters), ...groupBy].includes('cloud')
    ? 'A monitor of CloudZero holds clouds as CloudZero spells them: name the dimension tag:CloudProvider in place of cloud.'
    : null;

/** Filters by our dimensions; null where they exclude values or name a dimension that has no name here. */
export const monitorFilters = (
  given: Readonly<Record<string, readonly string[]>>,
  index: DimensionIndex | null,
): Record<string, readonly string[]> | null => {
  const filters: [Dimension, readonly string[]][] = [];
  for (const [id, values] of Object.entries(given)) {
    const key = id.startsWith('!') ? null : dimensionOfId(id, index);
    if (key === null || filters.some(([other]) => other === key)) return null;
    filters.push([key, values]);
  }
  return Object.fromEntries(filters);
};
