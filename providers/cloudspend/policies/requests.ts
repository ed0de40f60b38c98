import type { VendorRequest } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { requestOf } from '../requests.ts';

/** What a policy covers, in the vendor's codes. */
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

export const createBudgetPolicyRequest = (name: string, target: PolicyTarget): VendorRequest => ({
  ...requestOf(operations.createBudgetPolicy),
  json: policyBody(name, target, 0),
});

export const createCheckPolicyRequest = (name: string, target: PolicyTarget): VendorRequest => ({
  ...requestOf(operations.createCheckPolicy),
  json: policyBody(name, target, 1),
});
