import { exactNumber, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations, requestOf } from '../catalogue.ts';

export interface BudgetAlertBody {
  readonly operator: string;
  /** A whole number, as text. */
  readonly threshold: string;
  readonly threshold_type: string;
}

/** A budget as it is written. What is absent the vendor fills in. */
export interface BudgetBody {
  readonly name: string;
  /** Whole ECU, as text. */
  readonly amount: string;
  /** The instance of its scope; null for the whole organization. */
  readonly account: string | null;
  readonly alerts: readonly BudgetAlertBody[];
  readonly active?: boolean | undefined;
  readonly recipientGroup?: readonly string[] | undefined;
}

export const budgetsRequest = (organizationId: string): VendorRequest =>
  requestOf(operations.listBudgets, { organization_id: organizationId });
export const budgetRequest = (organizationId: string, id: string): VendorRequest =>
  requestOf(operations.getBudget, { organization_id: organizationId, budget_id: id });
export const deleteBudgetRequest = (organizationId: string, id: string): VendorRequest =>
  requestOf(operations.deleteBudget, { organization_id: organizationId, budget_id: id });

const bodyJson = ({ name, amount, account, alerts, active, recipientGroup }: BudgetBody) => ({
  name,
  amount: exactNumber(amount),
  period: 'monthly',
  scope_type: account === null ? 'organization' : 'cloud_resource',
  ...(account === null ? {} : { scope_values: [account] }),
  alerts: alerts.map((alert) => ({ ...alert, threshold: exactNumber(alert.threshold) })),
  ...(active === undefined ? {} : { active }),
  ...(recipientGroup === undefined ? {} : { recipient_group: recipientGroup }),
});

export const createBudgetRequest = (organizationId: string, body: BudgetBody): VendorRequest => ({
  ...requestOf(operations.createBudget, { organization_id: organizationId }),
  json: bodyJson(body),
});
export const updateBudgetRequest = (organizationId: string, id: string, body: BudgetBody): VendorRequest => ({
  ...requestOf(operations.updateBudget, { organization_id: organizationId, budget_id: id }),
  json: bodyJson(body),
});
