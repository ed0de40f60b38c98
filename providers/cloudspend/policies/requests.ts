import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';

/** What a policy covers, in the vendor's codes. */
export interface PolicyTarget {
  /** 0 a cost account, 1 a cost center. */
  readonly accountType: 0 | 1;
  readonly accountId: string;
  /** The figure that is watched: the one that costs are answered in. */
  readonly costType: 0 | 20;
}

/** What is created under a policy: each has its own list of users and of policies. */
export type PolicyUse = 'budget' | 'check';

const operationsOf = {
  budget: { create: operations.createBudgetPolicy, list: operations.budgetPolicies, users: operations.budgetUsers },
  check: { create: operations.createCheckPolicy, list: operations.checkPolicies, users: operations.checkUsers },
} as const satisfies Record<PolicyUse, unknown>;

export const createPolicyRequest = (use: PolicyUse, name: string, target: PolicyTarget): VendorRequest => ({
  ...requestOf(operationsOf[use].create),
  json: {
    policy_name: name,
    account_type: target.accountType,
    account_id: target.accountId,
    policy_type: use === 'budget' ? 0 : 1,
    cost_type: target.costType,
    budget_tags: [],
  },
});

export const policiesRequest = (use: PolicyUse, accountType: PolicyTarget['accountType']): VendorRequest =>
  requestOf(operationsOf[use].list, { account_type: String(accountType) });

/** All users. The same operation also lists those of one policy, which does not exist yet. */
export const usersRequest = (use: PolicyUse): VendorRequest => requestOf(operationsOf[use].users);
