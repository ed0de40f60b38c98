import { addDays, type Day, daysIn, earlier, monthOf, monthStart } from '../../src/domain/day.ts';
import { type Dimension, isTag, tagKey } from '../../src/domain/dimension.ts';
import type { CostQuestion, SourceCost } from '../../src/vendor/contract/contract.ts';
import { draw } from '../../src/vendor/sandbox/world.ts';

/** A row at the finest grain there is; every answer of a toy vendor is a sum of these. */
export interface WorldRow {
  readonly day: Day;
  readonly values: Readonly<Record<string, string | null>>;
  readonly tags: ReadonlyMap<string, string | null>;
  /** In units of 10^-worldScale. */
  readonly units: bigint;
  readonly currency: string;
}

export const worldScale = 18;

const accounts = ['a1', 'a2', null];
const services = ['search', 'storage', '__proto__', 'a,b', 'null'];
const regions = ['eu', 'us', null];
const categories = ['Usage', 'Credit', null];
const environments = ['prod', 'dev', null];
const teams = ['x', null];

const rowOf = (seed: string, day: Day, index: number, currencies: readonly string[]): WorldRow => {
  const pick = <Value>(what: string, values: readonly Value[], fallback: Value): Value =>
    values[Math.floor(draw(seed, day, index, what) * values.length)] ?? fallback;
  const large = BigInt(Math.floor(draw(seed, day, index, 'large') * 2 ** 45));
  const small = BigInt(Math.floor(draw(seed, day, index, 'small') * 2 ** 45));
  const size = draw(seed, day, index, 'size') < 0.2 ? large * 1_000_000_007n + small : large * 1000n + small;
  return {
    day,
    values: {
      account: pick('account', accounts, null),
      service: pick('service', services, 'search'),
      region: pick('region', regions, null),
      category: pick('category', categories, null),
    },
    tags: new Map([
      ['env', pick('env', environments, null)],
      ['team', pick('team', teams, null)],
    ]),
    units: draw(seed, day, index, 'sign') < 0.15 ? -size : size,
    currency: pick('currency', currencies, 'USD'),
  };
};

/** The rows of one day: the same for the same seed, on every machine. Some days have none. */
export const rowsOfDay = (seed: string, day: Day, currencies: readonly string[] = ['USD', 'USD', 'EUR']): WorldRow[] =>
  Array.from({ length: Math.floor(draw(seed, day, 'count') * 8) }, (_, index) => rowOf(seed, day, index, currencies));

export const valueIn = (row: WorldRow, dimension: Dimension): string | null =>
  (isTag(dimension) ? row.tags.get(tagKey(dimension)) : row.values[dimension]) ?? null;

/** The canonical text of units, worked out apart from the code under test. */
export const canonical = (units: bigint, scale = worldScale): string => {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return fraction === '' ? `${sign}${whole}`.replace(/^-0$/, '0') : `${sign}${whole}.${fraction}`;
};

/** Vendors write the same figure in many ways. */
const notations: readonly ((units: bigint) => string)[] = [
  (units) => canonical(units),
  (units) => `${units}e-${worldScale}`,
  (units) => `${units * 100n}E-${worldScale + 2}`,
  (units) => (canonical(units).includes('.') ? `${canonical(units)}000` : `${canonical(units)}.0`),
];
const written = (units: bigint, index: number): string => (notations[index % notations.length] ?? canonical)(units);

/** What a vendor answers: the world's rows summed by day (or month) and by the dimensions of the question. */
export const answerOf = (
  rowsOn: (day: Day) => readonly WorldRow[],
  question: CostQuestion,
  grain: 'daily' | 'monthly',
  today: Day,
): SourceCost[] => {
  const sums = new Map<string, { day: Day; values: (string | null)[]; currency: string; units: bigint }>();
  for (const day of daysIn(question.start, earlier(question.end, addDays(today, 1)))) {
    for (const row of rowsOn(day)) {
      const bucket = grain === 'daily' ? day : monthStart(monthOf(day));
      const values = question.dimensions.map((dimension) => valueIn(row, dimension));
      const key = JSON.stringify([bucket, row.currency, values]);
      const sum = sums.get(key) ?? { day: bucket, values, currency: row.currency, units: 0n };
      sum.units += row.units;
      sums.set(key, sum);
    }
  }
  return [...sums.values()].map(({ units, ...rest }, index) => ({ ...rest, amount: written(units, index) }));
};
