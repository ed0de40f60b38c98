import type { MonitorInput, Sensitivity } from '../../../src/domain/nouns.ts';
import { exactNumber, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { type accountTypes, type DateRange, rangeQuery, requestOf } from '../requests.ts';

/** All checks of one kind of account, whether they have found something or not. */
export const checksRequest = (accountType: (typeof accountTypes)[number], range: DateRange): VendorRequest => ({
  ...requestOf(operations.anomalyChecks),
  query: [['type', '2'], ['anomaly_status', '0'], ['account_type', accountType], ...rangeQuery(range)],
});

/** The vendor's anomaly levels that are reported at each sensitivity. */
const levelsOfSensitivity = {
  low: { low: false, medium: false, high: true },
  medium: { low: false, medium: true, high: true },
  high: { low: true, medium: true, high: true },
} as const satisfies Record<Sensitivity, unknown>;

export interface CheckPlace {
  readonly currency: string;
  readonly policyId: string;
  readonly contacts: readonly string[];
}

export const createCheckRequest = (
  input: MonitorInput,
  { currency, policyId, contacts }: CheckPlace,
): VendorRequest => ({
  ...requestOf(operations.createCheck),
  json: {
    budget_name: input.name,
    period: 'Daily',
    policy_id: policyId,
    unit: 3,
    unit_code: currency,
    budget_value: exactNumber(input.minImpact?.amount ?? '0'),
    trend: 0,
    alert_configs: [],
    alert_configurations: levelsOfSensitivity[input.sensitivity],
    contact_type: 1,
    contact_ids: contacts,
  },
});
