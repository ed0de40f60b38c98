import { decimal, decimalText, isNegative } from '../../../src/domain/decimal.ts';
import { amountOf } from '../../../src/domain/money.ts';
import type { BudgetInput } from '../../../src/domain/nouns.ts';
import type { DialectSetting } from '../dialect.ts';

/** Why neither dialect can store the budget, or null. */
const refusedByBoth = (input: BudgetInput, currency: string): string | null => {
  const { account, service, region, costCenter } = input.scope;
  if ([account, service, region, costCenter].some((part) => part !== undefined)) {
    return 'A CloudZero budget covers one view: its scope can name a view, but no account, service, region or cost center.';
  }
  if (input.limit.currency !== currency) {
    return `CloudZero holds budgets in ${currency} only, which is the currency of this connection.`;
  }
  return null;
};

const wholePercent = /^(100|[1-9]\d?)$/;

/** Why the live dialect cannot store a budget that the published one can, or null. */
export const refusedByLive = (input: BudgetInput): string | null => {
  if (input.scope.view === undefined) {
    return 'A budget of this CloudZero organisation needs a view, which says whose costs it limits: scope.view has to hold the id of one. Views that watch for anomalies are listed as monitors; the one of everything is among the views.';
  }
  if (input.period !== 'monthly') {
    return 'This CloudZero organisation holds limits by the month only: the period has to be monthly.';
  }
  if (isNegative(amountOf(input.limit))) {
    return 'This CloudZero organisation holds limits of zero or more only.';
  }
  if (input.alerts.some((alert) => !wholePercent.test(decimalText(decimal(alert.thresholdPercent))))) {
    return 'This CloudZero organisation holds thresholds of whole percentages from 1 to 100 only.';
  }
  if (input.alerts.some((alert) => alert.recipients.length > 0)) {
    return 'The recipients of a CloudZero alert are those of its view: alerts can name thresholds, but no recipients.';
  }
  return null;
};

/** Without a call: only what is known before the dialect is determined. */
export const cannotHold = (input: BudgetInput, currency: string, setting: DialectSetting): string | null =>
  refusedByBoth(input, currency) ?? (setting === 'live' ? refusedByLive(input) : null);
