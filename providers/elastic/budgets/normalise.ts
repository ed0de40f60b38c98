import { type Day, instantText } from '../../../src/domain/day.ts';
import { type Decimal, decimalText, isZero, multiply, percentText } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Budget, Scope } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Note, type Reading, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { type EcuPrices, priceOn } from '../prices.ts';
import { alertSchema, type BudgetWire, budgetListSchema, budgetSchema } from './wire.ts';

export interface BudgetEntry {
  readonly budget: Budget;
  /** The instances that it covers where they are several: no filter of costs can follow it. */
  readonly instances: readonly string[];
}

const percentDigits = 4;

/** What its costs can be filtered by. Several instances are a view, which only the vendor has. */
const scopeOf = (type: string | null | undefined, values: readonly string[]): Scope => {
  const [first, ...others] = values;
  if (type === 'organization' || type === null || type === undefined) return {};
  if (type === 'cloud_resource' && first !== undefined && others.length === 0) return { account: first };
  return { view: type === 'cloud_resource' ? values.join(', ') : `${type}: ${values.join(', ')}` };
};

const createdAt = (text: string | null | undefined): string | null => {
  const instant = Date.parse(text ?? '');
  return Number.isNaN(instant) ? null : instantText(instant);
};

/** The percentage of the limit at which an alert is sent; null for one that is sent below a threshold. */
const percentOf = (
  { operator, threshold, threshold_type: type }: { operator: string; threshold: Decimal; threshold_type: string },
  amount: Decimal,
): string | null => {
  if (operator !== 'gte') return null;
  if (type === 'percentage') return decimalText(threshold);
  return type === 'amount' && !isZero(amount) ? percentText(threshold, amount, percentDigits) : null;
};

const entryOf = (wire: BudgetWire, path: string, price: Decimal, currency: string) => {
  const name = wire.name ?? `Budget ${wire.id}`;
  const alerts = decodeItems(alertSchema, wire.alerts ?? [], `${path}.alerts`);
  const percents = alerts.items.map((alert) => percentOf(alert, wire.amount));
  const values = wire.scope_values ?? [];
  const notes: Note[] = [];
  if (percents.includes(null)) {
    const message = `${name} has alerts that are sent for another reason than reaching a percentage; they are not shown`;
    notes.push({ code: 'alerts-incomplete', message });
  }
  if (wire.active === false) {
    notes.push({
      code: 'budget-inactive',
      message: `${name} is switched off at the vendor, which sends no alerts for it`,
    });
  }
  const budget: Budget = {
    nativeId: wire.id,
    name,
    period: wire.period === 'monthly' ? 'monthly' : 'other',
    nativePeriod: wire.period === 'monthly' ? null : wire.period,
    limit: money(multiply(wire.amount, price), currency),
    spent: null,
    forecast: null,
    // The vendor mails groups of roles, which have no addresses.
    alerts: percents.flatMap((percent) => (percent === null ? [] : [{ thresholdPercent: percent, recipients: [] }])),
    scope: scopeOf(wire.scope_type, values),
    createdAt: createdAt(wire.created_at),
    updatedAt: null,
  };
  const instances = wire.scope_type === 'cloud_resource' && values.length > 1 ? values : [];
  return { entry: { budget, instances } satisfies BudgetEntry, notes, faults: alerts.faults };
};

export const budgetEntries = (json: unknown, prices: EcuPrices, today: Day): Reading<BudgetEntry> => {
  const listed = decodeItems(budgetSchema, decode(budgetListSchema, json, 'the list of budgets'), 'budgets');
  const price = priceOn(prices, today);
  const faults: ReadingFault[] = [...listed.faults];
  const notes: Note[] = [];
  const items = listed.items.map((wire) => {
    const read = entryOf(wire, `budgets(id=${wire.id})`, price, prices.currency);
    faults.push(...read.faults);
    notes.push(...read.notes);
    return read.entry;
  });
  return { items, notes, faults };
};
