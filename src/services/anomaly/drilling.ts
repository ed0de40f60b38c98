import { rankContributions } from '../../analysis/index.ts';
import type { CostEngine } from '../../costs/engine.ts';
import type { FilterValues } from '../../costs/query/query.ts';
import { noValue } from '../../costs/query/query.ts';
import type { CostRow } from '../../costs/rows/arrange.ts';
import type { RankedCause } from '../../domain/answer-schemas.ts';
import { addDays, type Day } from '../../domain/day.ts';
import { add, compare, type Decimal, isZero, negate, zero } from '../../domain/decimal.ts';
import { type Dimension, type GroupKey, namedDimensions } from '../../domain/dimension.ts';
import { asFailure, type Failure } from '../../domain/failure/failure.ts';
import { amountOf, money } from '../../domain/money.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Cube } from '../../vendor/contract/contract.ts';
import { watchQuery } from './watch.ts';

/** The day is compared with the same weekdays before it. */
const weeksBefore = [1, 2, 3, 4] as const;
const causesMax = 10;

/** The day to explain, and the filters of its rows. */
export interface Deviation {
  readonly day: Day;
  readonly currency: string;
  readonly direction: 'increase' | 'decrease';
  readonly filters: ReadonlyMap<GroupKey, FilterValues>;
}

interface Ranked {
  readonly cause: RankedCause;
  /** How much it contributed to the deviation. */
  readonly contributed: Decimal;
  /** True if the dimension has only this value, which explains little. */
  readonly onlyOne: boolean;
}

const cubeCarries = (cube: Cube, key: GroupKey): boolean =>
  [...cube.dimensions, ...(cube.optional ?? [])].some(
    (own) => own === key || (own === 'tag' && key.startsWith('tag:')),
  );

/** What causes are told by. A cloud explains little that its accounts and services do not. */
const causeDimensions = namedDimensions.filter((dimension) => dimension !== 'cloud');
type CauseDimension = (typeof causeDimensions)[number];

/** The fixed dimensions of daily cubes that support these filters, so that reading them needs no further fetch. */
const drillDimensions = (cubes: readonly Cube[], filters: Deviation['filters']): CauseDimension[] => {
  const able = cubes.filter(
    (cube) => cube.grain === 'daily' && [...filters.keys()].every((key) => cubeCarries(cube, key)),
  );
  return causeDimensions.filter(
    (dimension) => filters.get(dimension)?.length !== 1 && able.some((cube) => cube.dimensions.includes(dimension)),
  );
};

/** The value of a filter with one value, else null. */
const onlyValue = (filters: Deviation['filters'], key: GroupKey): string | null => {
  const wanted = filters.get(key) ?? [];
  return wanted.length === 1 ? (wanted[0] ?? null) : null;
};

const causeOf = (
  dimension: CauseDimension,
  id: string,
  row: Pick<RankedCause, 'name' | 'cost' | 'change' | 'sharePercent' | 'isNew'>,
  filters: Deviation['filters'],
): RankedCause => {
  const dimensionValue = (key: Dimension) => (key === dimension ? id : onlyValue(filters, key));
  return {
    kind: dimension,
    id,
    alias: null,
    service: dimensionValue('service'),
    region: dimensionValue('region'),
    account: dimensionValue('account'),
    ...row,
  };
};

/** The contributions of the values of one dimension. */
const contributionsOf = (rows: readonly CostRow[], dimension: CauseDimension, deviation: Deviation): Ranked[] => {
  const { day, currency, direction, filters } = deviation;
  const names = new Map<string, string>();
  const days = new Map<string, Map<Day, Decimal>>();
  for (const { start, group, labels, cost } of rows) {
    if (cost.currency !== currency) continue;
    const value = group[dimension] ?? null;
    const id = value ?? noValue;
    names.set(id, value === null ? `no ${dimension}` : (labels[dimension] ?? value));
    const amounts = days.get(id) ?? new Map<Day, Decimal>();
    amounts.set(start, add(amounts.get(start) ?? zero, amountOf(cost)));
    days.set(id, amounts);
  }
  const before = weeksBefore.map((weeks) => addDays(day, -7 * weeks));
  const baseline = new Map([...days].map(([id, amounts]) => [id, before.map((each) => amounts.get(each) ?? zero)]));
  const actual = new Map([...days].map(([id, amounts]) => [id, amounts.get(day) ?? zero]));
  return rankContributions(baseline, actual)
    .filter(({ contribution }) => !isZero(contribution))
    .map(({ key, actual: cost, contribution, share }) => ({
      contributed: direction === 'increase' ? contribution : negate(contribution),
      onlyOne: days.size === 1,
      cause: causeOf(
        dimension,
        key,
        {
          name: names.get(key) ?? key,
          cost: money(cost, currency),
          change: money(contribution, currency),
          sharePercent: share,
          isNew: (baseline.get(key) ?? []).every(isZero),
        },
        filters,
      ),
    }));
};

export interface Drilled {
  readonly rootCauses: readonly RankedCause[];
  /** Why some dimension could not be read; null if all were. */
  readonly failure: Failure | null;
}

/** The causes of a deviation over all available dimensions, greatest first. */
export const drill = async (
  engine: CostEngine,
  connection: Connection,
  deviation: Deviation,
  deadline: number,
): Promise<Drilled> => {
  const ranked: Ranked[] = [];
  let failure: Failure | null = null;
  const range = { start: addDays(deviation.day, -7 * weeksBefore.length), end: addDays(deviation.day, 1) };
  for (const dimension of drillDimensions(connection.connector.capabilities.costs.cubes, deviation.filters)) {
    const query = watchQuery({ groupBy: [dimension], filters: deviation.filters }, range, null);
    try {
      const part = await engine.part(connection, query, { strict: false, noCache: false, deadline });
      if (part.missing.length > 0 || part.state === 'unsupported') continue;
      failure ??= part.failure;
      ranked.push(...contributionsOf(part.value, dimension, deviation));
    } catch (thrown) {
      failure ??= asFailure(thrown);
    }
  }
  const sorted = ranked.sort(
    (left, right) => Number(left.onlyOne) - Number(right.onlyOne) || compare(right.contributed, left.contributed),
  );
  return { rootCauses: sorted.slice(0, causesMax).map(({ cause }) => cause), failure };
};
