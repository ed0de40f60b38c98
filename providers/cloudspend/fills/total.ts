import { addDays, earlier, later } from '../../../src/domain/day.ts';
import {
  absolute,
  compare,
  type Decimal,
  decimal,
  decimalText,
  isPositive,
  isZero,
  multiply,
  subtract,
  sum,
} from '../../../src/domain/decimal.ts';
import { decode, type Note, type ReadingFault, type SourceCost } from '../../../src/vendor/kit/index.ts';
import { dateRange } from '../end-date.ts';
import { concernsOneOperation } from '../failures.ts';
import { overallCostRequest } from '../requests.ts';
import { overallCostSchema } from '../wire.ts';
import type { Days, Fill } from './fill.ts';

interface Comparison {
  readonly notes: readonly Note[];
  readonly faults: readonly ReadingFault[];
}

/** Where nothing can be compared, or rows are known to be missing anyway. */
export const notCompared: Comparison = { notes: [], faults: [] };
/** The vendor rounds to three decimals. */
export const roundingMax = decimal('0.0005');

/** The days whose figures no longer grow between two calls. */
const settledDays = ({ start, end }: Days, { since, completeThrough }: Fill['range']): Days | null => {
  if (completeThrough === null) return null;
  const first = later(start, since ?? start);
  const last = earlier(end, addDays(completeThrough, 1));
  return first < last ? { start: first, end: last } : null;
};

const compareFigures = (
  { start, end }: Days,
  total: Decimal,
  rows: readonly SourceCost[],
  currency: string,
): Comparison => {
  const added = sum(rows.map(({ amount }) => decimal(amount)));
  const rest = subtract(total, added);
  if (isZero(rest)) return notCompared;
  const rounding = multiply(roundingMax, decimal(String(rows.length + 1)));
  if (compare(absolute(rest), rounding) <= 0) {
    const message =
      'CloudSpend rounds its figures: its own totals differ in the third decimal from the sums of its rows, which are shown.';
    return { notes: [{ code: 'total-rounded', message }], faults: [] };
  }
  const range = `${start} to ${addDays(end, -1)}`;
  const message = `CloudSpend's own total of ${range} is ${decimalText(total)} ${currency}, and its rows add up to ${decimalText(added)} ${currency}.`;
  const faults = isPositive(rest)
    ? [{ path: `rows of ${range}`, message: `lack ${decimalText(rest)} ${currency} of the vendor's own total` }]
    : [];
  return { notes: [{ code: 'total-differs', message }], faults };
};

/**
 * Compares rows with what the vendor says that all accounts cost together, in one call. Widgets may show only the
 * largest rows: the rest is then a fault.
 */
export const compareWithTotal = async (
  { session, range }: Fill,
  days: Days,
  figures: readonly SourceCost[],
  currency: string,
): Promise<Comparison> => {
  const settled = settledDays(days, range);
  if (settled === null) return notCompared;
  const rows = figures.filter(({ day }) => day >= settled.start && day < settled.end);
  try {
    const { json } = await session.call(overallCostRequest(await dateRange(session, settled.start, settled.end)));
    const { total_cost: total } = decode(overallCostSchema, json, 'cloud_overallcost').data.overall_data;
    return compareFigures(settled, decimal(total), rows, currency);
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    const message = 'CloudSpend did not tell its own totals, so the rows could not be compared with them.';
    return { notes: [{ code: 'total-not-compared', message }], faults: [] };
  }
};
