import type { CostType, Granularity } from '../../domain/cost.ts';
import { addDays, addMonths, type Day, earlier, later, monthOf, monthStart } from '../../domain/day.ts';
import { type Dimension, type GroupKey, isDimension, type OwnDimension } from '../../domain/dimension.ts';
import { Failure, type FieldFault } from '../../domain/failure/failure.ts';

/** How callers write the filter value for rows without a value. */
export const noValue = 'null()';

/** Null selects the rows without a value. */
export type FilterValues = readonly (string | null)[];

/** A cost query in canonical form: equal queries have equal `queryText`. */
export interface CostQuery {
  readonly start: Day;
  readonly end: Day;
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupKey[];
  /** Equal keys are OR, different keys AND. */
  readonly filters: ReadonlyMap<GroupKey, FilterValues>;
  readonly costType: CostType;
  readonly currency: string | null;
  readonly sort: 'start' | 'cost' | '-cost';
  readonly top: number | null;
  /** Rows carry what was used, where the vendor tells. */
  readonly quantities?: true;
}

const rangeMonthsMax = 36;

/** The range of a request; by default the month to date. Throws when it is not valid. */
export const resolveRange = (
  today: Day,
  asked: { readonly start?: Day | undefined; readonly end?: Day | undefined },
): { start: Day; end: Day } => {
  const tomorrow = addDays(today, 1);
  const lastDay = asked.end === undefined ? today : earlier(addDays(asked.end, -1), today);
  const start = asked.start ?? monthStart(monthOf(lastDay));
  const end = asked.end ?? tomorrow;
  const errors: FieldFault[] = [];
  if (start > today) errors.push({ path: 'query.start', message: `must not lie after today (${today})` });
  if (end <= start) errors.push({ path: 'query.end', message: `must lie after start (${start}); end is exclusive` });
  if (end > addMonths(start, rangeMonthsMax)) {
    errors.push({ path: 'query.end', message: 'must lie at most 3 years after start' });
  }
  if (errors.length > 0)
    throw new Failure('invalid-request', { public: 'The range is not valid: see errors.', errors });
  return { start, end };
};

/** The end of the range without days after today, which have no figures yet. */
export const knownEnd = (query: Pick<CostQuery, 'start' | 'end'>, today: Day): Day => {
  const tomorrow = addDays(today, 1);
  return query.end < tomorrow ? query.end : later(tomorrow, query.start);
};

/** The dimensions that are grouped or filtered by, without the gateway's own ones. */
export const wantedDimensions = (query: CostQuery): { grouped: Dimension[]; filtered: Dimension[] } => ({
  grouped: query.groupBy.filter((key): key is Dimension => isDimension(key)),
  filtered: [...query.filters.keys()].filter((key): key is Dimension => isDimension(key)),
});

/** Whether this value passes the filter on one of the gateway's own dimensions. */
export const passesOwn = (query: CostQuery, key: OwnDimension, value: string): boolean =>
  query.filters.get(key)?.includes(value) ?? true;

export const queryText = (query: CostQuery): string =>
  JSON.stringify([
    query.start,
    query.end,
    query.granularity,
    query.groupBy,
    [...query.filters].map(([key, values]) => [key, [...values].sort()]).sort(),
    query.costType,
    query.currency,
    query.sort,
    query.top,
    ...(query.quantities === true ? ['quantities'] : []),
  ]);
