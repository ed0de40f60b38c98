import { decimal, decimalText, isZero } from '../../../src/domain/decimal.ts';
import { type Dimension, isDimension } from '../../../src/domain/dimension.ts';
import { money } from '../../../src/domain/money.ts';
import type { Monitor, MonitorInput } from '../../../src/domain/nouns.ts';
import { exactNumber } from '../../../src/vendor/kit/index.ts';
import { columnOf, type DimensionIndex, dimensionOfId } from '../dimensions.ts';
import { monitorFilters } from '../monitors/filters.ts';
import { instantOfEpoch } from '../timestamps.ts';
import type { ViewBody } from './requests.ts';
import type { View } from './wire.ts';

/** A view has no sensitivity: this one is shown, and only this one is accepted. */
export const viewSensitivity = 'medium';

export type ViewOutcome =
  | { readonly kind: 'monitor'; readonly monitor: Monitor; readonly threshold: string | null }
  /** It excludes values, or has a dimension that has no name here. */
  | { readonly kind: 'inexpressible'; readonly nativeId: string }
  /** Its anomaly detection is switched off, so it watches nothing. */
  | { readonly kind: 'idle'; readonly nativeId: string; readonly name: string };

/** How the threshold reads where it is not the automatic one; null for that. */
const thresholdText = (anomalies: View['anomalies']): string | null => {
  const type = anomalies?.threshold_type ?? 'Automatic';
  if (type === 'Automatic') return null;
  const value = anomalies?.threshold_value ?? null;
  if (type === 'Percent' && value !== null) return `${decimalText(decimal(value))} percent`;
  return `${type.slice(0, 40)} ${value ?? ''}`.trim();
};

export const viewMonitor = (view: View, index: DimensionIndex | null, currency: string): ViewOutcome => {
  const name = view.name || view.id;
  // Detection is on unless the vendor says otherwise.
  if (view.anomalies?.enabled === false) return { kind: 'idle', nativeId: view.id, name };
  const filters = monitorFilters(view.filter ?? {}, index);
  const principal = view.principal_dimension ? dimensionOfId(view.principal_dimension, index) : null;
  if (filters === null || (view.principal_dimension && principal === null)) {
    return { kind: 'inexpressible', nativeId: view.id };
  }
  const least = view.anomalies?.min_cost_impact ?? null;
  return {
    kind: 'monitor',
    threshold: thresholdText(view.anomalies),
    monitor: {
      nativeId: view.id,
      name,
      description: null,
      filters,
      groupBy: principal === null ? [] : [principal],
      sensitivity: viewSensitivity,
      minImpact: least === null || isZero(decimal(least)) ? null : money(decimal(least), currency),
      createdAt: null,
      updatedAt: instantOfEpoch(view.last_updated ?? ''),
    },
  };
};

/**
 * The body with the vendor's dimension ids, or the name of a dimension that this organisation does not have. What a
 * monitor cannot say of the threshold stays as it stands.
 */
export const viewBodyOf = (
  input: MonitorInput,
  index: DimensionIndex | null,
  standing: Readonly<Record<string, unknown>>,
): ViewBody | string => {
  const idOf = (key: string): string | null => (isDimension(key) ? (columnOf(key, index)?.id ?? null) : null);
  const [principal = ''] = input.groupBy;
  const keys: readonly string[] = [...Object.keys(input.filters), principal];
  const lacking = keys.find((key) => idOf(key) === null);
  if (lacking !== undefined) return lacking;
  const least =
    input.minImpact === null
      ? Object.hasOwn(standing, 'min_cost_impact') && { min_cost_impact: 0 }
      : { min_cost_impact: exactNumber(input.minImpact.amount) };
  return {
    name: input.name,
    filter: Object.fromEntries(Object.entries(input.filters).map(([key, values]) => [idOf(key) ?? key, values])),
    principal_dimension: idOf(principal) ?? principal,
    anomalies: { threshold_type: 'Automatic', ...standing, enabled: true, ...least },
  };
};

/** The dimensions by which a view cannot be filtered. */
const unfilterable: readonly Dimension[] = ['resource'];

/** Why a view cannot hold the monitor, or null. */
export const refusedByView = (input: MonitorInput, currency: string): string | null => {
  if (input.description !== null && input.description.trim() !== '') {
    return 'Monitors of this CloudZero organisation are its views, which have no description: it has to be left out.';
  }
  if (input.sensitivity !== viewSensitivity) {
    return `A CloudZero view has no sensitivity of its own, as its threshold follows its costs: only ${viewSensitivity} can be kept.`;
  }
  if (input.minImpact !== null && input.minImpact.currency !== currency) {
    return `CloudZero holds the minimum impact in ${currency} only, which is the currency of this connection.`;
  }
  if (input.groupBy.length !== 1) {
    return 'A CloudZero view looks for anomalies in the values of one dimension: groupBy has to name exactly one.';
  }
  const barred = Object.keys(input.filters).find((key) => unfilterable.some((each) => each === key));
  if (barred !== undefined) return `A CloudZero view cannot be filtered by ${barred}; it can be grouped by it.`;
  const unknownKey = [...Object.keys(input.filters), ...input.groupBy].find((key) => !isDimension(key));
  return unknownKey === undefined
    ? null
    : `CloudZero filters and groups views by its dimensions: account, service, region, category or tag:<key>, but not ${unknownKey.slice(0, 100)}.`;
};
