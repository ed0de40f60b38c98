import type { BudgetInput, MonitorInput, Sensitivity } from '../../src/domain/nouns.ts';
import type { VendorRequest } from '../../src/vendor/kit/index.ts';
import { exactNumber } from '../../src/vendor/kit/index.ts';
import { operations } from './catalogue.ts';
import { begin } from './requests.ts';

/** What a policy covers, in the vendor's numbers. */
export interface PolicyTarget {
  /** 0 an account, 1 a cost center. */
  readonly accountType: 0 | 1;
  readonly accountId: string;
  /** The figure that is watched: the one that costs are answered in. */
  readonly costType: 0 | 20;
}

const policyBody = (name: string, target: PolicyTarget, policyType: 0 | 1) => ({
  policy_name: name,
  account_type: target.accountType,
  account_id: target.accountId,
  policy_type: policyType,
  cost_type: target.costType,
  budget_tags: [],
});

export const createBudgetPolicy = (name: string, target: PolicyTarget): VendorRequest => ({
  ...begin(operations.createBudgetPolicy),
  json: policyBody(name, target, 0),
});

export const createBudget = (input: BudgetInput, target: PolicyTarget, policyId: string): VendorRequest => ({
  ...begin(operations.createBudget),
  json: {
    budget_name: input.name,
    period: 'Monthly',
    policy_id: policyId,
    policy_account_type: target.accountType,
    budget_value: exactNumber(input.limit.amount),
    unit: 1,
    unit_type: 1,
    unit_code: input.limit.currency,
    trend: 0,
    checks_type: 1,
    alert_configs: input.alerts.map((alert) => ({ notify_percentage: exactNumber(alert.thresholdPercent) })),
    contact_type: 1,
    contact_ids: [],
  },
});

export const createCheckPolicy = (name: string, target: PolicyTarget): VendorRequest => ({
  ...begin(operations.createCheckPolicy),
  json: policyBody(name, target, 1),
});

/** Which of the vendor's levels a sensitivity wants to hear of. */
const levels = {
  low: { low: false, medium: false, high: true },
  medium: { low: false, medium: true, high: true },
  high: { low: true, medium: true, high: true },
} as const satisfies Record<Sensitivity, unknown>;

export const createCheck = (input: MonitorInput, currency: string, policyId: string): VendorRequest => ({
  ...begin(operations.createCheck),
  json: {
    budget_name: input.name,
    period: 'Daily',
    policy_id: policyId,
    unit: 3,
    unit_code: currency,
    budget_value: exactNumber(input.minImpact?.amount ?? '0'),
    trend: 0,
    alert_configs: [],
    alert_configurations: levels[input.sensitivity],
    contact_type: 1,
    contact_ids: [],
  },
});
