import { addDays, type Day, dayNumber, daysIn, later, type Month, monthsIn } from '../../../src/domain/day.ts';
import { type Decimal, decimal, divide, isPositive, percentText, subtract } from '../../../src/domain/decimal.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { type CostAccount, costAccounts, type Leaf, leaves } from './estate.ts';
import { decimalOf, type World } from './world.ts';

/** Something that is monitored. An anomaly of it is a single day. */
export interface Watched {
  readonly id: string;
  readonly category: 1 | 2 | 3 | 10001 | 'Checks';
  readonly name: string;
  readonly account: CostAccount;
  readonly holds: (leaf: Leaf) => boolean;
}
export const categoryNames = {
  1: 'Region',
  2: 'Service',
  3: 'Account',
  10001: 'Account Type',
  Checks: 'Checks',
} as const;

const distinct = (account: CostAccount, read: (leaf: Leaf) => string): string[] => [
  ...new Set(leaves.filter((leaf) => leaf.costAccount === account.id && read(leaf) !== '').map(read)),
];

const watchedOf = (account: CostAccount): Omit<Watched, 'id'>[] => {
  const inside = (leaf: Leaf): boolean => leaf.costAccount === account.id;
  return [
    { category: 10001, name: account.name, account, holds: inside },
    ...distinct(account, (leaf) => leaf.region).map(
      (name): Omit<Watched, 'id'> => ({
        category: 1,
        name,
        account,
        holds: (leaf) => inside(leaf) && leaf.region === name,
      }),
    ),
    ...distinct(account, (leaf) => leaf.service).map(
      (name): Omit<Watched, 'id'> => ({
        category: 2,
        name,
        account,
        holds: (leaf) => inside(leaf) && leaf.service === name,
      }),
    ),
    ...account.children.map(
      (child): Omit<Watched, 'id'> => ({
        category: 3,
        name: child.name,
        account,
        holds: (leaf) => leaf.billingAccount === child.id,
      }),
    ),
  ];
};

export const watchList: readonly Watched[] = costAccounts
  .flatMap(watchedOf)
  .map((watched, index) => ({ id: String(index + 1), ...watched }));

export const statusCodes = ['open', 'dismissed', 'acknowledged'] as const;
export const statusNames = ['Open', 'False Positive', 'Acknowledged'] as const;

export interface Occurrence {
  readonly watched: Watched;
  readonly day: Day;
  readonly expected: Decimal;
  readonly actual: Decimal;
  /** The absolute deviation in whole percent. */
  readonly deviation: number;
  readonly upper: boolean;
  readonly level: 'Low' | 'Medium' | 'High';
  /** 1 open, 2 false positive, 3 acknowledged. */
  readonly status: 1 | 2 | 3;
}

const history = 28;
const deviationMin = 20;

const levelOf = (deviation: number, upper: boolean): Occurrence['level'] => {
  const [medium, high] = upper ? [50, 100] : [35, 55];
  if (deviation >= high) return 'High';
  return deviation >= medium ? 'Medium' : 'Low';
};
const statusOf = (luck: number): Occurrence['status'] => {
  if (luck < 0.6) return 1;
  return luck < 0.8 ? 3 : 2;
};

/** Detects the spikes and drops of the world in everything that is monitored. */
export class AnomalyWatch {
  readonly #world: World;
  readonly #months = new Map<Month, readonly Occurrence[]>();

  readonly #watched: readonly Watched[];

  constructor(world: World, watched: readonly Watched[] = watchList) {
    this.#world = world;
    this.#watched = watched;
  }

  #sum(watched: Watched, day: Day): bigint {
    const figures = this.#world.figuresOf(day);
    return leaves.reduce((sum, leaf, index) => {
      // Charges on the first of a month are left out, because they would count as spikes.
      return watched.holds(leaf) && !leaf.monthStartOnly ? sum + (figures[index] ?? 0n) : sum;
    }, 0n);
  }

  #occurrence(watched: Watched, day: Day): Occurrence | null {
    const before = daysIn(addDays(day, -history), day).map((each) => this.#sum(watched, each));
    const expected = divide(decimalOf(before.reduce((sum, each) => sum + each, 0n)), decimal(String(history)), 13);
    if (expected === null || !isPositive(expected)) return null;
    const actual = decimalOf(this.#sum(watched, day));
    const percent = Number(percentText(subtract(actual, expected), expected) ?? '0');
    const deviation = Math.abs(percent);
    if (deviation < deviationMin) return null;
    const upper = percent > 0;
    const status = statusOf(draw(this.#world.seed, 'anomaly-status', watched.id, day));
    return { watched, day, expected, actual, deviation, upper, level: levelOf(deviation, upper), status };
  }

  #month(month: Month): readonly Occurrence[] {
    const known = this.#months.get(month);
    if (known !== undefined) return known;
    const found = new Map<string, Occurrence>();
    for (const event of this.#world.eventsOf(month)) {
      const moved = leaves.filter(
        (leaf) => leaf.billingAccount === event.billingAccount && leaf.service === event.service,
      );
      for (const watched of this.#watched) {
        const key = `${watched.id}:${event.day}`;
        if (found.has(key) || !moved.some(watched.holds)) continue;
        const occurrence = this.#occurrence(watched, event.day);
        if (occurrence !== null) found.set(key, occurrence);
      }
    }
    const occurrences = [...found.values()].sort((left, right) => dayNumber(left.day) - dayNumber(right.day));
    this.#months.set(month, occurrences);
    return occurrences;
  }

  /** The anomalies from `first` to `last`, both inclusive, without today, which is incomplete. */
  between(first: Day, last: Day): readonly Occurrence[] {
    const start = later(first, addDays(this.#world.firstDay(), history));
    const end = last < this.#world.today() ? addDays(last, 1) : this.#world.today();
    if (start >= end) return [];
    return monthsIn(start, end).flatMap((month) =>
      this.#month(month).filter((occurrence) => occurrence.day >= start && occurrence.day < end),
    );
  }
}
