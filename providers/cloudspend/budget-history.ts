import { addDays, type Day, instantText, monthEnd, monthOf } from '../../src/domain/day.ts';
import { decimal, percentText } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { BudgetSpan, FiredAlert } from '../../src/domain/nouns.ts';
import {
  type BudgetHistory,
  decode,
  decodeItems,
  type Note,
  type ReadingFault,
  type Session,
} from '../../src/vendor/kit/index.ts';
import { decodeEntry } from './decode-entry.ts';
import { concernsOneOperation, faultOf } from './facts.ts';
import { printable } from './failures.ts';
import type { Decoded } from './normalise.ts';
import { readBudgetHistory, readBudgetInfo } from './requests.ts';
import { budgetInfoSchema } from './wire.ts';
import { budgetHistorySchema, datedAmountSchema, firedAlertSchema } from './wire-checks.ts';

/** Where a span that begins on a day ends, by the vendor's word for the period. */
const ends: ReadonlyMap<string, (start: Day) => Day> = new Map([
  ['daily', (start) => addDays(start, 1)],
  ['monthly', (start) => monthEnd(monthOf(start))],
  ['mtd', (start) => monthEnd(monthOf(start))],
  ['forecast_month', (start) => monthEnd(monthOf(start))],
]);

/** What was spent in the spans that are over; the running one is told with the budget itself. */
export const spansOf = (
  json: unknown,
  nativeId: string,
  today: Day,
): Decoded<BudgetSpan> & { readonly notes: readonly Note[] } => {
  const where = `budget_history ${nativeId}`;
  const { meta, chart_data: chart } = decode(budgetHistorySchema, json, where).data;
  const endOf = ends.get(meta.budget_period.toLowerCase());
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
        faults.push({ path, message: currency === null ? 'has no currency' : 'is an alert of a limit of nothing' });
        return [];
      }
      const firedAt = instantText(row.notified_Time);
      return [{ thresholdPercent, firedAt, spent: money(decimal(row.usage), currency) }];
    });
  });
  return { items, faults };
};

export const history = async (session: Session, nativeId: string): Promise<BudgetHistory> => {
  const spans = spansOf((await session.call(readBudgetHistory(nativeId))).json, nativeId, session.today());
  try {
    const alerts = firedAlertsOf((await session.call(readBudgetInfo(nativeId))).json, nativeId);
    return { ...spans, faults: [...spans.faults, ...alerts.faults], alerts: alerts.items };
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    return { ...spans, faults: [...spans.faults, faultOf(`budget_info ${nativeId}`, thrown)], alerts: [] };
  }
};
