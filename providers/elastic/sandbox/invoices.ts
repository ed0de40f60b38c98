import { addDays, addMonths, type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, divide, multiply, timesPowerOfTen } from '../../../src/domain/decimal.ts';
import { worldStart } from '../../../src/vendor/sandbox/world.ts';
import { numberText } from './replies.ts';
import { totalOf, type World } from './world.ts';

/** What the organization pays for one ECU by contract, oldest first. */
const contract: readonly (readonly [from: Day, price: string])[] = [
  ['2000-01-01', '1'],
  ['2025-01-01', '0.95'],
  ['2026-07-01', '0.9125'],
];
/** A month is invoiced on this day of the next. */
const issueDay = 4;

const priceOn = (day: Day): string => contract.findLast(([from]) => from <= day)?.[1] ?? '1';

const monthsOver = (today: Day): Day[] => {
  const months: Day[] = [];
  for (let month = addMonths(monthStart(monthOf(worldStart(today))), 1); ; month = addMonths(month, 1)) {
    if (addDays(addMonths(month, 1), issueDay - 1) > today) return months;
    months.push(month);
  }
};

export const noHistoryJson = () => ({ invoices: [], statements: [] });

/** One statement and one invoice for each whole month of the world that is over. Amounts are rounded to cents. */
export const historyJson = (world: World) => {
  const months = monthsOver(world.today()).map((start) => {
    const end = addMonths(start, 1);
    const ecu = totalOf(world.usage({ start, end }));
    const cents = divide(timesPowerOfTen(multiply(ecu, decimal(priceOn(start))), 2), decimal('1'), 0) ?? decimal('0');
    return { start, end, ecu, cents };
  });
  return {
    invoices: months.map(({ start, end, cents }, index) => ({
      number: `INV-${1000 + index}`,
      type: 'invoice',
      status: 'paid',
      invoiced_amount_in_cents: numberText(cents),
      period_start_date: `${start}T00:00:00Z`,
      period_end_date: `${addDays(end, -1)}T23:59:59Z`,
      issue_date: `${addDays(end, issueDay - 1)}T00:00:00Z`,
      payment_metadata: { amount: numberText(cents), currency: 'USD', external_invoice_id: `in_${start}` },
    })),
    statements: months.map(({ start, end, ecu, cents }) => ({
      currency: 'USD',
      ecu_total: numberText(ecu),
      invoiced_amount_in_cents: numberText(cents),
      period_start_date: `${start}T00:00:00Z`,
      period_end_date: `${addDays(end, -1)}T23:59:59Z`,
    })),
  };
};
