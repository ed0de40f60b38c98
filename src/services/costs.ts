import type { CostEngine } from '../costs/engine.ts';
import { type CostQuery, type FilterValues, noValue, queryText, resolveRange } from '../costs/query/query.ts';
import type { CostRow } from '../costs/rows/arrange.ts';
import type { Clock } from '../domain/clock.ts';
import type { CostType, Granularity } from '../domain/cost.ts';
import type { Day } from '../domain/day.ts';
import type { GroupKey } from '../domain/dimension.ts';
import { invalid } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Comparison } from './compared-ranges.ts';
import { summarise } from './cost-summary.ts';
import { type Ask, askOptions, limitDefault } from './list-request.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

/** Query parameters of the cost routes. */
export interface CostFilterParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
  readonly provider?: readonly string[] | undefined;
  readonly connection?: readonly string[] | undefined;
  readonly account?: readonly string[] | undefined;
  readonly service?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly cloud?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly costType?: CostType | undefined;
  readonly currency?: string | undefined;
  readonly strict?: boolean | undefined;
}

export interface CostListParameters extends CostFilterParameters {
  readonly granularity?: Granularity | undefined;
  readonly groupBy?: readonly GroupKey[] | undefined;
  readonly sort?: CostQuery['sort'] | undefined;
  readonly top?: number | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface CostService {
  list(parameters: CostListParameters, ask: Ask): Promise<PagedAnswer<CostRow>>;
  summary(parameters: CostFilterParameters & { readonly compare?: Comparison | undefined }, ask: Ask): Promise<unknown>;
}

export interface CostServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly pager: Pager<CostRow>;
  readonly connections: readonly Connection[];
}

const filterValue = (text: string): string | null => (text === noValue ? null : text);

/** `tag=key=value`, repeated: equal keys are OR, different keys AND. */
const tagFilters = (tags: readonly string[]): Map<GroupKey, (string | null)[]> => {
  const filters = new Map<GroupKey, (string | null)[]>();
  for (const tag of tags) {
    const at = tag.indexOf('=');
    if (at < 1) throw invalid('query.tag', 'must have the form key=value, such as tag=env=production');
    const key: GroupKey = `tag:${tag.slice(0, at)}`;
    filters.set(key, [...(filters.get(key) ?? []), filterValue(tag.slice(at + 1))]);
  }
  return filters;
};

const parameterFilters = (parameters: CostFilterParameters): Map<GroupKey, FilterValues> => {
  const filters = new Map<GroupKey, FilterValues>(tagFilters(parameters.tag ?? []));
  for (const key of ['provider', 'connection', 'account', 'service', 'region', 'category', 'cloud'] as const) {
    const values = parameters[key];
    if (values !== undefined && values.length > 0) filters.set(key, values.map(filterValue));
  }
  return filters;
};

/** The canonical query of the parameters. */
export const readQuery = (parameters: CostListParameters, today: Day): CostQuery => ({
  ...resolveRange(today, parameters),
  granularity: parameters.granularity ?? 'daily',
  groupBy: [...new Set(parameters.groupBy ?? [])],
  filters: parameterFilters(parameters),
  costType: parameters.costType ?? 'billed',
  currency: parameters.currency ?? null,
  sort: parameters.sort ?? 'start',
  top: parameters.top ?? null,
});

export const createCostService = ({ clock, engine, pager, connections }: CostServiceOptions): CostService => ({
  list: async (parameters, ask) => {
    const { limit = limitDefault, cursor, strict = false, ...asked } = parameters;
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const query = readQuery(parameters, clock.today());
    const cursorOnly = cursor !== undefined && Object.values(asked).every((value) => value === undefined);
    return pager.page({
      operation: 'costs',
      question: cursorOnly ? null : `costs ${queryText(query)} ${visible.map((each) => each.id).join(' ')}`,
      consumer: ask.consumer,
      limit,
      cursor,
      build: async () => {
        const answer = await engine.ask(visible, query, askOptions(ask, strict));
        const { rows, totals, complete, providers, conversions } = answer;
        return {
          items: rows,
          rest: { totals, meta: { complete, providers, ...(conversions === null ? {} : { conversions }) } },
        };
      },
    });
  },
  summary: async (parameters, ask) => {
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const query = readQuery(
      { ...parameters, granularity: 'total', groupBy: ['provider', 'connection'] },
      clock.today(),
    );
    const options = askOptions(ask, parameters.strict ?? false);
    return summarise(engine, visible, query, parameters.compare ?? 'previous-period', options, clock.today());
  },
});
