import type { z } from 'zod';
import { decimal, decimalText } from '../../src/domain/decimal.ts';
import { type Money, money } from '../../src/domain/money.ts';
import type { Budget, BudgetPeriod, Scope } from '../../src/domain/nouns.ts';
import { type BudgetSource, decode, decodeItems, type ReadingFault, type Session } from '../../src/vendor/kit/index.ts';
import { history } from './budget-history.ts';
import { budgetWrites } from './budget-writes.ts';
import { distinctBy } from './distinct.ts';
import { concernsOneOperation, faultOf } from './facts.ts';
import { inTurn } from './in-turn.ts';
import type { Decoded } from './normalise.ts';
import { budgetAccountTypes, readBudgetInfo, readBudgets } from './requests.ts';
import { budgetInfoSchema, budgetSchema, listAtData } from './wire.ts';

const width = 4;
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
    // The vendor's `08-Oct-2025 15:20` names no zone: no instant.
    createdAt: null,
    updatedAt: null,
  };
};

/** The budget with what only its own page tells. */
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

const detailed = async (session: Session, budget: Budget) => {
  try {
    return withInfo(budget, (await session.call(readBudgetInfo(budget.nativeId))).json);
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    return { budget, faults: [faultOf(`budget_info ${budget.nativeId}`, thrown)] };
  }
};

export const budgets: BudgetSource = {
  list: async (session) => {
    const lists = await inTurn(budgetAccountTypes, width, async (type) => {
      return budgetRowsOf((await session.call(readBudgets(type))).json, `budget dashboard ${type} data`);
    });
    // The filter by type is not always one: the same budget may come up to three times.
    const rows = distinctBy(
      lists.flatMap((list) => list.items),
      (row) => row.budget_id,
      'budget dashboard',
    );
    const read = await inTurn(rows.items, width, (row) => detailed(session, budgetOf(row)));
    return {
      items: read.map((each) => each.budget),
      notes: [],
      faults: [...lists.flatMap((list) => list.faults), ...rows.faults, ...read.flatMap((each) => each.faults)],
    };
  },
  history,
  writes: budgetWrites,
};
