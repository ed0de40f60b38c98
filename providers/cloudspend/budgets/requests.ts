import type { BudgetInput } from '../../../src/domain/nouns.ts';
import { exactNumber, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import type { PolicyTarget } from '../policies/requests.ts';
import { type accountTypes, requestOf } from '../requests.ts';

export const budgetsRequest = (accountType: (typeof accountTypes)[number]): VendorRequest => ({
  ...requestOf(operations.budgetDashboard),
  query: [
    ['type', '1'],
    ['account_type', accountType],
  ],
});
export const budgetInfoRequest = (budgetId: string): VendorRequest =>
  requestOf(operations.budgetInfo, { budget_id: budgetId });
export const budgetHistoryRequest = (budgetId: string): VendorRequest =>
  requestOf(operations.budgetHistory, { budget_id: budgetId });

export interface BudgetPlace {
  readonly target: PolicyTarget;
  readonly policyId: string;
  readonly contacts: readonly string[];
}

/**
 * The documented examples leave `alert_configs` empty; a governance check has thresholds there in this form, which is
 * used where thresholds are asked for.
 */
export const createBudgetRequest = (
  input: BudgetInput,
  { target, policyId, contacts }: BudgetPlace,
): VendorRequest => ({
  ...requestOf(operations.createBudget),
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
    contact_ids: contacts,
  },
});
