import { type Day, dayFromNumber, dayNumber, daysIn, earlier, later, monthOf } from '../../../src/domain/day.ts';
import { add, type Decimal, decimal, multiply, zero } from '../../../src/domain/decimal.ts';
import { dailyAmount, draw, worldStart } from '../../../src/vendor/sandbox/world.ts';
import { type Leaf, layout } from './layout.ts';

/** The vendor's cost types, without the suffix `_cost` of the live dialect. */
export const costWords = [
  'billed',
  'discounted',
  'discounted_amortized',
  'amortized',
  'invoiced_amortized',
  'real',
  'on_demand',
  'usage_amount',
] as const;
export type CostWord = (typeof costWords)[number];

const granularities = ['daily', 'weekly', 'monthly', 'yearly', 'cumulative'] as const;
export type Granularity = (typeof granularities)[number];

export interface DimensionDescription {
  readonly id: string;
  readonly name: string;
  readonly of: (leaf: Leaf) => string | null;
}

export const dimensions: readonly DimensionDescription[] = [
  { id: 'Account', name: 'Account', of: (leaf) => leaf.account },
  { id: 'Service', name: 'Service', of: (leaf) => leaf.service },
  { id: 'Region', name: 'Region', of: (leaf) => leaf.region },
  { id: 'CloudProvider', name: 'Cloud Provider', of: () => 'AWS' },
  { id: 'UsageFamily', name: 'Usage Family', of: (leaf) => leaf.family },
  { id: 'Resource', name: 'Resource', of: (leaf) => leaf.resource },
  { id: 'CZ:Defined:ServiceDetail', name: 'Service Detail', of: (leaf) => `${leaf.service} - ${leaf.family}` },
  { id: 'CZ:Defined:AccountName', name: 'Account Name', of: (leaf) => leaf.accountName },
  { id: 'Tag:Environment', name: 'Environment', of: (leaf) => leaf.environment },
  { id: 'Tag:Team', name: 'Team', of: (leaf) => leaf.team },
  { id: 'User:Defined:Product', name: 'Product', of: (leaf) => leaf.product },
];

/** By dimension id; with the prefix `!` the values are excluded. */
export type Filters = ReadonlyMap<string, readonly (string | null)[]>;

export interface SpendQuestion {
  readonly start: Day;
  readonly end: Day;
  readonly groupBy: readonly string[];
  readonly filters: Filters;
  readonly costWord: CostWord;
  readonly granularity: Granularity;
}

interface SpendRow {
  /** The first day of the period. For a month the first of the month, even if the query begins later. */
  readonly period: Day;
  readonly values: readonly (string | null)[];
  readonly amount: Decimal;
}

export interface World {
  readonly leaves: readonly Leaf[];
  /** By period, then in the order of the leaves. */
  spend(question: SpendQuestion): SpendRow[];
  total(question: Omit<SpendQuestion, 'groupBy' | 'granularity'>): Decimal;
}

/** The exact factor of the list price for each cost type. */
const multiples = (leaf: Leaf): Readonly<Record<CostWord, Decimal>> => {
  const discount = decimal(leaf.discount);
  const amortization = decimal(leaf.amortization);
  const both = multiply(discount, amortization);
  return {
    on_demand: decimal('1'),
    discounted: discount,
    amortized: amortization,
    discounted_amortized: both,
    invoiced_amortized: multiply(amortization, decimal('0.995')),
    real: multiply(both, decimal('0.98')),
    billed: multiply(discount, decimal('1.01')),
    usage_amount: decimal(leaf.usage),
  };
};

const periodOf = (day: Day, granularity: Granularity, start: Day): Day => {
  switch (granularity) {
    case 'daily':
      return day;
    case 'weekly':
      return dayFromNumber(dayNumber(day) - ((dayNumber(day) + 3) % 7));
    case 'monthly':
      return `${monthOf(day)}-01`;
    case 'yearly':
      return `${day.slice(0, 4)}-01-01`;
    case 'cumulative':
      return start;
  }
};

/** On rare days a leaf costs several times its usual amount, or nearly nothing. */
const eventFactor = (seed: string, leaf: Leaf, day: Day): number => {
  const chance = draw(seed, 'event', leaf.name, day);
  if (chance < 0.0008) return 3.4;
  return chance > 0.9995 ? 0.15 : 1;
};

/** The reported share of the current day's cost, at any hour. */
const todayShare = decimal('0.44');

/** What each leaf would cost at list prices on a whole day: a function of the seed, so equal worlds may share it. */
export type ListPrices = Map<Day, readonly Decimal[]>;

export const createWorld = (seed: string, today: () => Day, days: ListPrices = new Map()): World => {
  const leaves = layout();
  const factors = leaves.map(multiples);
  const byId = new Map(dimensions.map((dimension) => [dimension.id, dimension]));

  const listPrices = (day: Day): readonly Decimal[] => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const figures = leaves.map((leaf) => {
      const factor = eventFactor(seed, leaf, day);
      return decimal(dailyAmount(seed, factor === 1 ? leaf : { ...leaf, events: { [day]: factor } }, day));
    });
    days.set(day, figures);
    return figures;
  };

  const figure = (day: Day, leaf: number, costWord: CostWord): Decimal => {
    const factor = factors[leaf]?.[costWord] ?? zero;
    const amount = multiply(listPrices(day)[leaf] ?? zero, factor);
    return day === today() ? multiply(amount, todayShare) : amount;
  };

  const admits = (leaf: Leaf, filters: Filters): boolean =>
    [...filters].every(([key, values]) => {
      const not = key.startsWith('!');
      const dimension = byId.get(not ? key.slice(1) : key);
      return values.includes(dimension?.of(leaf) ?? null) !== not;
    });

  const spend = (question: SpendQuestion): SpendRow[] => {
    const now = today();
    const groups = new Map<string, { values: (string | null)[]; leaves: number[] }>();
    leaves.forEach((leaf, index) => {
      if (!admits(leaf, question.filters)) return;
      const values = question.groupBy.map((id) => byId.get(id)?.of(leaf) ?? null);
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, leaves: [] };
      group.leaves.push(index);
      groups.set(key, group);
    });
    const last = earlier(question.end, dayFromNumber(dayNumber(now) + 1));
    const periods = new Map<Day, Day[]>();
    for (const day of daysIn(later(question.start, worldStart(now)), last)) {
      const period = periodOf(day, question.granularity, question.start);
      const members = periods.get(period);
      if (members === undefined) periods.set(period, [day]);
      else members.push(day);
    }
    const rows: SpendRow[] = [];
    for (const [period, members] of periods) {
      for (const group of groups.values()) {
        let amount = zero;
        for (const day of members) {
          for (const leaf of group.leaves) amount = add(amount, figure(day, leaf, question.costWord));
        }
        rows.push({ period, values: group.values, amount });
      }
    }
    return rows;
  };

  return {
    leaves,
    spend,
    total: (question) =>
      spend({ ...question, groupBy: [], granularity: 'cumulative' }).reduce((sum, row) => add(sum, row.amount), zero),
  };
};
