import { addDays, type Day, earlier, later, type Month, monthEnd, monthStart, monthsIn } from '../../domain/day.ts';
import { type Dimension, isTag } from '../../domain/dimension.ts';
import type { Cube } from '../../vendor/contract/contract.ts';
import { type CostQuery, knownEnd, wantedDimensions } from '../query/query.ts';

/** What a query needs of one month. */
export interface MonthNeed {
  readonly month: Month;
  readonly start: Day;
  readonly end: Day;
  /** True when it spans the whole month so far, so that a monthly figure can answer it. */
  readonly whole: boolean;
}

/** A cube, and the dimensions to request of it. */
export interface Source {
  readonly cube: Cube;
  readonly dimensions: readonly Dimension[];
}

export type Coverage =
  | { readonly ok: true; readonly sources: readonly Source[]; readonly missing: readonly Dimension[] }
  /** No cube can apply these filters. */
  | { readonly ok: false; readonly filters: readonly Dimension[] };

export const monthNeeds = (query: CostQuery, today: Day): MonthNeed[] => {
  const end = knownEnd(query, today);
  if (end <= query.start) return [];
  return monthsIn(query.start, end).map((month) => {
    const first = monthStart(month);
    const last = earlier(monthEnd(month), addDays(today, 1));
    const need = { month, start: later(query.start, first), end: earlier(end, last) };
    return { ...need, whole: need.start === first && need.end === last };
  });
};

/** One need per month that spans all given needs of that month. */
export const unitedNeeds = (needs: readonly MonthNeed[]): MonthNeed[] => {
  const byMonth = new Map<Month, MonthNeed>();
  for (const need of needs) {
    const known = byMonth.get(need.month) ?? need;
    byMonth.set(need.month, {
      month: need.month,
      start: earlier(known.start, need.start),
      end: later(known.end, need.end),
      whole: known.whole || need.whole,
    });
  }
  return [...byMonth.values()].sort((left, right) => (left.month < right.month ? -1 : 1));
};

const optionalOf = (cube: Cube, dimension: Dimension): boolean =>
  (cube.optional ?? []).some((candidate) => candidate === dimension || (candidate === 'tag' && isTag(dimension)));

/** The cube with as many of the wanted dimensions as it supports, in their order. */
const withDimensions = (cube: Cube, wanted: readonly Dimension[]): Source => {
  const extra: Dimension[] = [];
  for (const dimension of wanted) {
    const fixed = cube.dimensions.some((own) => own === dimension);
    if (!fixed && !extra.includes(dimension) && extra.length < (cube.optionalMax ?? 0) && optionalOf(cube, dimension)) {
      extra.push(dimension);
    }
  }
  return { cube, dimensions: [...cube.dimensions, ...extra.sort()] };
};

const carries = (source: Source, dimension: Dimension): boolean => source.dimensions.includes(dimension);

/**
 * The cubes that can answer a query: those with every filtered dimension, and with as many grouped dimensions as
 * any such cube has. `chooseSources` then picks the cheapest.
 */
export const cover = (query: CostQuery, needs: readonly MonthNeed[], cubes: readonly Cube[]): Coverage => {
  const { grouped, filtered } = wantedDimensions(query);
  const daily = query.granularity === 'daily' || needs.some((need) => !need.whole);
  const sources = cubes
    .filter((cube) => cube.grain === 'daily' || query.granularity !== 'daily')
    .map((cube) => withDimensions(cube, [...filtered, ...grouped]));
  const filterable = sources.filter((source) => filtered.every((dimension) => carries(source, dimension)));
  const wholeRange = filterable.filter((source) => source.cube.grain === 'daily' || !daily);
  if (wholeRange.length === 0) {
    return {
      ok: false,
      filters: filtered.filter((dimension) => !sources.some((source) => carries(source, dimension))),
    };
  }
  const carried = (source: Source) => grouped.filter((dimension) => carries(source, dimension));
  const best = wholeRange.reduce((most, source) => (carried(source).length > carried(most).length ? source : most));
  const covered = carried(best);
  return {
    ok: true,
    sources: filterable.filter((source) => covered.every((dimension) => carries(source, dimension))),
    missing: grouped.filter((dimension) => !covered.includes(dimension)),
  };
};

export const canServe = (source: Source, need: MonthNeed, query: CostQuery): boolean =>
  source.cube.grain === 'daily' || (need.whole && query.granularity !== 'daily');
