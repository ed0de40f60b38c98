import {
  absolute,
  compare,
  type Decimal,
  decimal,
  divide,
  isZero,
  multiply,
  subtract,
  sum,
  zero,
} from '../../../src/domain/decimal.ts';
import type { InstancesReading } from '../normalise.ts';
import { totalOf } from '../normalise.ts';
import { totalsById } from './normalise.ts';

/** Totals of instances have been seen rounded to four decimals, so each day may bring so much of a difference. */
const roundingOfDay = decimal('0.0001');
const factorDigits = 6;

/** What each instance cost by its line items. */
export const instanceTotals = ({ instances }: Pick<InstancesReading, 'instances'>): Map<string, Decimal> =>
  totalsById(instances.map((instance) => ({ id: instance.id, value: totalOf(instance) })));

export type Agreement = 'exact' | 'rounded' | 'none';

/** Whether the values of a chart, times the factor, are what the line items of the same days say, for every instance. */
export const agreementOf = (
  chart: ReadonlyMap<string, Decimal>,
  items: ReadonlyMap<string, Decimal>,
  factor: Decimal,
  days: number,
): Agreement => {
  const allowed = multiply(roundingOfDay, decimal(String(days)));
  const differences = [...new Set([...chart.keys(), ...items.keys()])].map((id) =>
    absolute(subtract(multiply(chart.get(id) ?? zero, factor), items.get(id) ?? zero)),
  );
  if (differences.every(isZero)) return 'exact';
  return differences.every((difference) => compare(difference, allowed) <= 0) ? 'rounded' : 'none';
};

/** What a value of the chart has to be multiplied with to be ECU; null where nothing can be compared. */
export const factorOf = (chart: ReadonlyMap<string, Decimal>, items: ReadonlyMap<string, Decimal>): Decimal | null => {
  const charted = sum(chart.values());
  const itemised = sum(items.values());
  if (isZero(charted) || isZero(itemised)) return null;
  return divide(itemised, charted, factorDigits);
};
