import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { sameMoney } from '../../../src/domain/money.ts';
import type { Budget, BudgetInput } from '../../../src/domain/nouns.ts';
import { type BudgetWrites, beforeEffect, cannotBeHeld, type Session } from '../../../src/vendor/kit/index.ts';
import { displayCurrency } from '../display-currency.ts';
import { contactsOf } from '../policies/contacts.ts';
import { createUnderPolicy, findPolicyTarget, policySubject } from '../policies/writes.ts';
import { createBudgetRequest } from './requests.ts';
import { budgetCreatedSchema } from './wire.ts';

const scopeRule =
  'A CloudSpend budget covers one cost account or one cost center: its scope has to name either, and no service, region or view.';

export const cannotHold = (input: BudgetInput): string | null => {
  if (input.period !== 'monthly') return 'CloudSpend has no quarterly or annual budgets: the period has to be monthly.';
  if (policySubject(input.scope) === null) return scopeRule;
  const [first, ...others] = input.alerts.map(({ recipients }) => [...recipients].sort().join(' '));
  if (others.some((recipients) => recipients !== first)) {
    return 'CloudSpend notifies the same users at every threshold of a budget: all alerts have to name the same recipients.';
  }
  return null;
};

export const matches = (budget: Budget, input: BudgetInput): boolean =>
  budget.name === input.name &&
  budget.period === input.period &&
  sameMoney(budget.limit, input.limit) &&
  budget.scope.account === input.scope.account &&
  budget.scope.costCenter === input.scope.costCenter;

/** The vendor answers limits in the display currency, so they have to be set in it. */
const requireDisplayCurrency = (session: Session, input: BudgetInput): Promise<void> =>
  beforeEffect(async () => {
    const currency = await displayCurrency(session);
    if (currency !== input.limit.currency) {
      throw cannotBeHeld(`CloudSpend holds budgets in its display currency, which is ${currency} now.`);
    }
  });

const createdBudget = (nativeId: string, input: BudgetInput): Budget => ({
  nativeId,
  name: input.name,
  period: input.period,
  nativePeriod: null,
  limit: input.limit,
  // The vendor answers with an id alone; its list tells the rest.
  spent: null,
  forecast: null,
  alerts: input.alerts.map((alert) => ({
    thresholdPercent: decimalText(decimal(alert.thresholdPercent)),
    recipients: alert.recipients,
  })),
  scope: input.scope,
  createdAt: null,
  updatedAt: null,
});

/** The vendor creates budgets, but neither changes nor removes them. */
export const budgetWrites: BudgetWrites = {
  cannotHold,
  matches,
  create: {
    deduplicates: false,
    send: async (session, { input }) => {
      const target = await findPolicyTarget(session, input.scope, scopeRule);
      await requireDisplayCurrency(session, input);
      const recipients = input.alerts[0]?.recipients ?? [];
      const contacts = await beforeEffect(() => contactsOf(session, 'budget', recipients));
      const id = await createUnderPolicy(session, {
        use: 'budget',
        name: input.name,
        target,
        created: (policyId) => createBudgetRequest(input, { target, policyId, contacts }),
        schema: budgetCreatedSchema,
      });
      return createdBudget(id, input);
    },
  },
};
