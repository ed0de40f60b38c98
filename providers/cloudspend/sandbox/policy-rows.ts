interface ListedPolicy {
  readonly id: string;
  readonly name: string;
  readonly accountType: number;
  readonly accountId: string;
  readonly costType: number;
  /** How many budgets or checks it has. */
  readonly budgets: number;
}

/** The policies of a kind of account, as the vendor lists them. */
export const policyRows = (policies: readonly ListedPolicy[], accountType: string | undefined) =>
  policies
    .filter((policy) => String(policy.accountType) === accountType)
    .map(({ id, name, accountType: type, accountId, costType, budgets }) => ({
      policy_type: '',
      account_type: type,
      account_id: accountId,
      policy_id: id,
      cost_type: costType,
      policy_name: name,
      budget_tags: '',
      integrated_zaaids: ['34700657'],
      budgets_count: budgets,
    }));
