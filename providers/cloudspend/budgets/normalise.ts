import type { z } from 'zod';
import { addDays, type Day, instantText, monthEnd, monthOf } from '../../../src/domain/day.ts';
import { decimal, decimalText, percentText } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Budget, BudgetPeriod, BudgetSpan, FiredAlert, Scope } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Note, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { printable } from '../failures.ts';
import { type Decoded, decodeEntry } from '../partial.ts';
import { listAtData } from '../wire.ts';
import { budgetHistorySchema, budgetInfoSchema, budgetSchema, datedAmountSchema, firedAlertSchema } from './wire.ts';

type BudgetRow = z.output<typeof budgetSchema>;

const periods: ReadonlyMap<string, BudgetPeriod> = new Map([
  ['monthly', 'monthly'],
  ['daily', 'daily'],
]);

const scopeOf = ({ account_type: type, account_id: id }: BudgetRow): Scope => {
  if (typeof id !== 'string') return {};
  if (type === 0) return { account: id };
  return type === 1 ? { costCenter: id } : { view: id };
};

const inCurrency = (amount: string | null | undefined, currency: string): Money | null =>
  typeof amount === 'string' ? money(decimal(amount), currency) : null;

export const budgetRowsOf = (json: unknown, where: string): Decoded<BudgetRow> =>
  decodeItems(budgetSchema, decode(listAtData, json, 'budget dashboard'), where);

/** What the dashboard tells. Its `remaining` and `percent` are not read: one is reversed, the other stops at 100. */
export const budgetOf = (row: BudgetRow): Budget => {
  const period = periods.get(row.period.toLowerCase()) ?? 'other';
  return {
    nativeId: row.budget_id,
    name: row.budget_name,
    period,
    nativePeriod: period === 'other' ? row.period : null,
    limit: money(decimal(row.budget_value), row.display_currency),
    spent: inCurrency(row.spending, row.display_currency),
    forecast: null,
    alerts: [],
    scope: scopeOf(row),
    // The vendor's `08-Oct-2025 15:20` has no time zone.
    createdAt: null,
    updatedAt: null,
  };
};

/** The budget with the forecast and alerts, which only its own page has. */
export const withInfo = (
  budget: Budget,
  json: unknown,
): { readonly budget: Budget; readonly faults: readonly ReadingFault[] } => {
  const { info } = decode(budgetInfoSchema, json, `budget_info ${budget.nativeId}`).data;
  const alerts = (info.alert_configs ?? []).map((config) => ({
    thresholdPercent: decimalText(decimal(config.notify_percentage)),
    recipients: [],
  }));
  const currency = info.currency_code ?? budget.limit.currency;
  if (currency !== budget.limit.currency) {
    const message = `is in ${currency} while the budget is in ${budget.limit.currency}; the forecast was left out`;
    return { budget: { ...budget, alerts }, faults: [{ path: `budget_info ${budget.nativeId}`, message }] };
  }
  return { budget: { ...budget, alerts, forecast: inCurrency(info.forecasted_val, currency) }, faults: [] };
};

/** Where a span that begins on a day ends, by the vendor's word for the period. */
const spanEnds: ReadonlyMap<string, (start: Day) => Day> = new Map([
  ['daily', (start) => addDays(start, 1)],
  ['monthly', (start) => monthEnd(monthOf(start))],
  ['mtd', (start) => monthEnd(monthOf(start))],
  ['forecast_month', (start) => monthEnd(monthOf(start))],
]);

/** What was spent in the spans that are over; the current one is part of the budget itself. */
export const spansOf = (
  json: unknown,
  nativeId: string,
  today: Day,
): Decoded<BudgetSpan> & { readonly notes: readonly Note[] } => {
  const where = `budget_history ${nativeId}`;
  const { meta, chart_data: chart } = decode(budgetHistorySchema, json, where).data;
  const endOf = spanEnds.get(meta.budget_period.toLowerCase());
  if (endOf === undefined) {
    const message = `CloudSpend does not tell where the spans of a ${printable(meta.budget_period)} budget end; they are left out.`;
    return { items: [], faults: [], notes: [{ code: 'budget-spans-unknown', message }] };
  }
  const usage = decodeItems(datedAmountSchema, chart.usage_values, `${where} usage_values`);
  const budgeted = decodeItems(datedAmountSchema, chart.budget_values, `${where} budget_values`);
  const limits = new Map(budgeted.items.map(({ day, amount }) => [day, amount]));
  const faults: ReadingFault[] = [...usage.faults, ...budgeted.faults];
  const items = usage.items.flatMap(({ day, amount }): BudgetSpan[] => {
    const end = endOf(day);
    if (end > today) return [];
    const limit = limits.get(day);
    if (limit === undefined) {
      faults.push({ path: `${where} budget_values`, message: `has no limit for ${day}`, day });
      return [];
    }
    const amountOf = (text: string) => money(decimal(text), meta.currency_code);
    return [{ start: day, end, limit: amountOf(limit), spent: amountOf(amount) }];
  });
  return { items, faults, notes: [] };
};

export const firedAlertsOf = (json: unknown, nativeId: string): Decoded<FiredAlert> => {
  const where = `budget_info ${nativeId}`;
  const { info, alerts } = decode(budgetInfoSchema, json, where).data;
  const faults: ReadingFault[] = [];
  const items = (alerts ?? []).flatMap((alert, index): FiredAlert[] => {
    const path = `${where} alerts[${index}]`;
    const read = decodeEntry(firedAlertSchema, alert, path);
    for (const fault of read.faults) faults.push(fault);
    return read.items.flatMap((row): FiredAlert[] => {
      const thresholdPercent = percentText(decimal(row.threshold), decimal(row.budget));
      const currency = info.currency_code ?? null;
      if (thresholdPercent === null || currency === null) {
        faults.push({ path, message: currency === null ? 'has no currency' : 'has a limit of zero' });
        return [];
      }
      const firedAt = instantText(row.notified_Time);
      return [{ thresholdPercent, firedAt, spent: money(decimal(row.usage), currency) }];
    });
  });
  return { items, faults };
};
