import type { CostAnswer, CostEngine } from '../costs/engine.ts';
import { type ForecastRow, firstUnreported, forecastRows, historyStart } from '../costs/forecast.ts';
import { sumForecasts } from '../costs/forecast-sums.ts';
import { queryText } from '../costs/query/query.ts';
import type { PreferredForecasts, VendorForecasts } from '../costs/vendor-forecast.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, addMonths, type Day, daysBetween, monthEnd, monthOf } from '../domain/day.ts';
import { type GroupKey, isOwnDimension, ownDimensions } from '../domain/dimension.ts';
import { Failure, invalid } from '../domain/failure/failure.ts';
import { type Turns, takeTurns } from '../domain/turns.ts';
import type { Connection } from '../vendor/connection.ts';
import { type CostFilterParameters, readQuery } from './costs.ts';
import { type Ask, askOptions, limitDefault } from './list-request.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ForecastParameters extends Omit<CostFilterParameters, 'start' | 'end'> {
  readonly horizon?: Day | undefined;
  readonly granularity?: 'daily' | 'monthly' | undefined;
  readonly groupBy?: readonly GroupKey[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface ForecastService {
  forecast(parameters: ForecastParameters, ask: Ask): Promise<PagedAnswer<ForecastRow>>;
}

export interface ForecastServiceOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly pager: Pager<ForecastRow>;
  readonly vendorForecasts: VendorForecasts;
  readonly connections: readonly Connection[];
}

const horizonMonthsMax = 12;
/** Limit for the computing time of one forecast. */
const forecastGroupsMax = 500;

/** The day after the last forecast day; by default the end of this month. */
const horizonOf = (asked: Day | undefined, today: Day): Day => {
  if (asked === undefined) return monthEnd(monthOf(today));
  if (asked < today) throw invalid('query.horizon', `must not lie before today (${today})`);
  if (asked > addMonths(today, horizonMonthsMax)) throw invalid('query.horizon', 'must lie at most 12 months ahead');
  return addDays(asked, 1);
};

const groupCount = async (rows: CostAnswer['rows'], turns: Turns): Promise<number> => {
  const groups = new Set<string>();
  for (const { group } of rows) {
    groups.add(JSON.stringify(group));
    if (turns.due()) await turns.next();
  }
  return groups.size;
};

/** With whose forecast it is for each connection that has figures. */
const metaOf = ({ complete, providers, conversions }: CostAnswer, preferred: PreferredForecasts) => {
  const used = [...(conversions ?? []), ...preferred.conversions];
  const unique = [...new Map(used.map((each) => [JSON.stringify(each), each])).values()];
  return {
    complete,
    providers: providers.map((status) => {
      const hasNone = status.status === 'failed' || status.status === 'unsupported';
      const note = hasNone ? undefined : preferred.notes.get(status.connection);
      return note === undefined ? status : { ...status, notes: [...status.notes, note] };
    }),
    ...(conversions === null ? {} : { conversions: unique }),
  };
};

export const createForecastService = (options: ForecastServiceOptions): ForecastService => ({
  forecast: async (parameters, ask) => {
    const { clock, engine, pager, vendorForecasts, connections } = options;
    const { limit = limitDefault, cursor, strict = false, horizon: asked, granularity = 'daily', ...rest } = parameters;
    const today = clock.today();
    const horizon = horizonOf(asked, today);
    const visible = visibleConnections(connections, ask.consumer, parameters);
    const query = readQuery(
      { ...rest, start: historyStart(today), end: addDays(today, 1), granularity: 'daily' },
      today,
    );
    const cursorOnly =
      cursor !== undefined &&
      [asked, parameters.granularity, ...Object.values(rest)].every((value) => value === undefined);
    return pager.page({
      operation: 'forecast',
      question: cursorOnly
        ? null
        : `forecast ${horizon} ${granularity} ${queryText(query)} ${visible.map((each) => each.id).join(' ')}`,
      consumer: ask.consumer,
      limit,
      cursor,
      build: async () => {
        const settings = askOptions(ask, strict);
        // Each connection is forecast by itself and then added up, so that every grouping of the same costs has the same sum.
        const isSum = query.groupBy.every(isOwnDimension);
        const asked = isSum ? { ...query, groupBy: ownDimensions } : query;
        const answer = await engine.ask(visible, asked, settings);
        const from = firstUnreported(answer, today);
        if (daysBetween(from, horizon) < 1) throw invalid('query.horizon', 'lies within the days already reported');
        const turns = takeTurns(clock, { signal: ask.signal });
        const groups = await groupCount(answer.rows, turns);
        if (groups > forecastGroupsMax) {
          throw new Failure('invalid-request', {
            public: `The question has ${groups} groups; at most ${forecastGroupsMax} can be forecast at once.`,
            errors: [{ path: 'query.groupBy', message: 'makes too many groups; filter, or group by less' }],
          });
        }
        const frame = { start: query.start, from, horizon };
        const computed = await forecastRows(answer.rows, frame, granularity, answer.complete, turns);
        const preferred = await vendorForecasts.prefer(computed, { query, granularity, connections: visible, ...ask });
        return {
          items: isSum ? await sumForecasts(preferred.rows, query.groupBy, turns) : preferred.rows,
          rest: { meta: metaOf(answer, preferred) },
        };
      },
    });
  },
});
