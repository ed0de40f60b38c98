import { z } from 'zod';
import { addDays, type Day, instantText, monthEnd, monthOf } from '../../../src/domain/day.ts';
import { decimal, percentText } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Budget, BudgetPeriod, BudgetSpan, FiredAlert, Scope } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Note, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { printable } from '../failures.ts';
import { type Decoded, decodeEntry } from '../partial.ts';
import { listAtData } from '../wire.ts';
import {
  budgetHistorySchema,
  budgetInfoSchema,
  budgetSchema,
  datedAmountSchema,
  firedAlertSchema,
  percentageBudgetSchema,
} from './wire.ts';

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

/** The budgets of an amount, and a note about those of a percentage: those have no limit in money. */
export const budgetRowsOf = (
  json: unknown,
  where: string,
): Decoded<BudgetRow> & { readonly notes: readonly Note[] } => {
  const listed = decode(listAtData, json, 'budget dashboard').map((row, index) => ({
    row,
    path: `${where}[${index}]`,
    percentage: percentageBudgetSchema.safeParse(row).data,
  }));
  const read = listed
    .filter(({ percentage }) => percentage === undefined)
    .map(({ row, path }) => decodeEntry(budgetSchema, row, path));
  const notes = listed.flatMap(({ percentage }) =>
    percentage === undefined
      ? []
      : [
          {
            code: 'budget-of-percentage',
            message: `The CloudSpend budget ${printable(percentage.budget_name)} limits a percentage, not an amount; it is left out.`,
          },
        ],
  );
  return { items: read.flatMap(({ items }) => items), faults: read.flatMap(({ faults }) => faults), notes };
};

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

/** What is read of a budget's own page, as it is kept. Its thresholds are documented nowhere. */
export const budgetPageSchema = z.object({ forecast: z.string().nullable(), currency: z.string().nullable() });
export type BudgetPage = z.output<typeof budgetPageSchema>;

export const budgetPageOf = (json: unknown, nativeId: string): BudgetPage => {
  const { info } = decode(budgetInfoSchema, json, `budget_info ${nativeId}`).data;
  return { forecast: info.forecasted_val ?? null, currency: info.currency_code ?? null };
};

export const withForecast = (
  budget: Budget,
  { forecast, currency }: BudgetPage,
): { readonly budget: Budget; readonly faults: readonly ReadingFault[] } => {
  const own = budget.limit?.currency ?? currency;
  if (own === null) return { budget, faults: [] };
  if (currency !== null && currency !== own) {
    const message = `is in ${currency} while the budget is in ${own}; the forecast was left out`;
    return { budget, faults: [{ path: `budget_info ${budget.nativeId}`, message }] };
  }
  return { budget: { ...budget, forecast: inCurrency(forecast, own) }, faults: [] };
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
