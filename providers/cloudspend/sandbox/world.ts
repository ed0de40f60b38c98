import { addDays, type Day, daysIn, earlier, later, type Month, monthOf } from '../../../src/domain/day.ts';
import { type Decimal, decimal } from '../../../src/domain/decimal.ts';
import { dailyAmount, draw, worldStart } from '../../../src/vendor/sandbox/world.ts';
import { type Leaf, leaves, refundLeaves } from './estate.ts';
import type { Range } from './range.ts';
import type { Variant } from './variants.ts';

/** Figures are integers in units of 10^-scale, so that sums are exact. */
const scale = 18;
export const unitsOf = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
};
export const decimalOf = (units: bigint): Decimal => decimal(`${units}e-${scale}`);

/** A day on which one service of one billing account costs a multiple of its usual cost. */
export interface CostEvent {
  readonly billingAccount: string;
  readonly service: string;
  readonly day: Day;
  readonly factor: number;
}

const watched = [
  ...new Map(
    leaves
      .filter((leaf) => leaf.category === 'Usage' && !leaf.monthStartOnly)
      .map((leaf) => [`${leaf.billingAccount}/${leaf.service}`, leaf]),
  ).values(),
];

/** The cost of each leaf on whole days: a function of the seed and the variants, so equal worlds may share it. */
export type KnownFigures = Map<Day, readonly bigint[]>;

/** The simulated spend, a function of the seed and the day. Covers the last three years, including today. */
export class World {
  readonly #seed: string;
  readonly #today: () => Day;
  readonly variants: ReadonlySet<Variant>;
  readonly #leaves: readonly Leaf[];
  readonly #figures: KnownFigures;
  readonly #events = new Map<Month, readonly CostEvent[]>();

  constructor(
    seed: string,
    today: () => Day,
    variants: ReadonlySet<Variant> = new Set(),
    figures: KnownFigures = new Map(),
  ) {
    this.#seed = seed;
    this.#today = today;
    this.variants = variants;
    this.#leaves = variants.has('refunds') ? [...leaves, ...refundLeaves] : leaves;
    this.#figures = figures;
  }
  get seed(): string {
    return this.#seed;
  }
  today(): Day {
    return this.#today();
  }
  firstDay(): Day {
    return worldStart(this.today());
  }

  eventsOf(month: Month): readonly CostEvent[] {
    const known = this.#events.get(month);
    if (known !== undefined) return known;
    const events = watched.flatMap(({ billingAccount, service }): CostEvent[] => {
      const name = `${billingAccount}/${service}/${month}`;
      if (draw(this.#seed, 'event', name) > 0.07) return [];
      const dayOfMonth = 2 + Math.floor(draw(this.#seed, 'event-day', name) * 26);
      const size = draw(this.#seed, 'event-size', name);
      const factor = draw(this.#seed, 'event-kind', name) < 0.7 ? 1.8 + 2 * size : 0.1 + 0.4 * size;
      const day = `${month}-${String(dayOfMonth).padStart(2, '0')}`;
      return [{ billingAccount, service, day, factor: Math.round(factor * 100) / 100 }];
    });
    this.#events.set(month, events);
    return events;
  }

  /** The days that a range means; `end_date` is the last of them. It may lie before the first: then there is none. */
  asked(range: Range): Range {
    return this.variants.has('exclusive-end-dates') ? { ...range, end_date: addDays(range.end_date, -1) } : range;
  }

  /** The cost of each leaf on a day, in the order of `leaves`; those of variants follow. */
  figuresOf(day: Day): readonly bigint[] {
    const known = this.#figures.get(day);
    if (known !== undefined) return known;
    const events = this.eventsOf(monthOf(day)).filter((event) => event.day === day);
    const firstOfMonth = day.endsWith('-01');
    const figures = this.#leaves.map((leaf) => {
      if (leaf.monthStartOnly && !firstOfMonth) return 0n;
      const event =
        leaf.category === 'Usage'
          ? events.find((each) => each.billingAccount === leaf.billingAccount && each.service === leaf.service)
          : undefined;
      const series = event === undefined ? leaf.series : { ...leaf.series, events: { [day]: event.factor } };
      return unitsOf(dailyAmount(this.#seed, series, day));
    });
    this.#figures.set(day, figures);
    return figures;
  }

  /** The days of the world in a range, `last` inclusive. */
  daysOf(first: Day, last: Day): readonly Day[] {
    return first > last ? [] : daysIn(later(first, this.firstDay()), addDays(earlier(last, this.today()), 1));
  }

  /** Sums over a range by a key of the leaf. Leaves without a key and sums of zero are left out. */
  totals(first: Day, last: Day, keyOf: (leaf: Leaf) => string | null): Map<string, bigint> {
    const keys = this.#leaves.map(keyOf);
    const totals = new Map<string, bigint>();
    for (const day of this.daysOf(first, last)) {
      this.figuresOf(day).forEach((units, index) => {
        const key = keys[index] ?? null;
        if (key !== null && units !== 0n) totals.set(key, (totals.get(key) ?? 0n) + units);
      });
    }
    return totals;
  }
  total(first: Day, last: Day, holds: (leaf: Leaf) => boolean = () => true): bigint {
    return this.totals(first, last, (leaf) => (holds(leaf) ? 'all' : null)).get('all') ?? 0n;
  }

  /** Extrapolates the spend of the month so far to the whole month. */
  monthForecast(spent: bigint): bigint {
    const today = Temporal.PlainDate.from(this.today());
    return (spent * BigInt(today.daysInMonth)) / BigInt(today.day);
  }

  /** Sums by a key of the leaf and by day, or by month if `monthly`. The inner keys are days. */
  series(first: Day, last: Day, monthly: boolean, keyOf: (leaf: Leaf) => string | null): Map<string, Map<Day, bigint>> {
    const series = new Map<string, Map<Day, bigint>>();
    for (const day of this.daysOf(first, last)) {
      const point = monthly ? `${monthOf(day)}-01` : day;
      for (const [key, units] of this.totals(day, day, keyOf)) {
        const points = series.get(key) ?? new Map<Day, bigint>();
        points.set(point, (points.get(point) ?? 0n) + units);
        series.set(key, points);
      }
    }
    return series;
  }
}
