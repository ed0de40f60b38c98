import type { CostEngine } from '../costs/engine.ts';
import { cover, monthNeeds } from '../costs/planning/cover.ts';
import { type CostQuery, resolveRange } from '../costs/query.ts';
import type { Clock } from '../domain/clock.ts';
import type { Day } from '../domain/day.ts';
import { type Dimension, type GroupKey, isDimension, isGroupKey, namedDimensions } from '../domain/dimension.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import { gather } from '../vendor/gather.ts';
import type { Part } from '../vendor/part.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface ValueParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
}

export interface DimensionValueService {
  /** The values that occur in the costs of a range, whichever connection they are of. */
  values(key: string, parameters: ValueParameters, ask: Ask): Promise<unknown>;
}

export interface DimensionValueOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly pager: Pager;
  readonly connections: readonly Connection[];
}

interface Value {
  readonly value: string;
  readonly label: string;
}

const unknown = (key: string): Failure =>
  new Failure('not-found', {
    public: `There is no dimension ${key.slice(0, 200)}. Known are provider, connection, ${namedDimensions.join(', ')} and tag:<key>.`,
  });

const toldAlready = (value: readonly Value[], missing: readonly Dimension[] = []): Part<readonly Value[]> => ({
  value,
  state: 'fresh',
  notes: [],
  asOf: null,
  completeThrough: null,
  missing,
  failure: null,
});

export const openDimensionValues = (options: DimensionValueOptions): DimensionValueService => {
  const { clock, engine, pager, connections } = options;

  const read = async (connection: Connection, key: GroupKey, query: CostQuery, ask: Ask) => {
    const { provider, id, title } = connection;
    if (!isDimension(key)) return toldAlready([{ value: key === 'provider' ? provider : id, label: title }]);
    const { cubes } = connection.connector.capabilities.costs;
    const coverage = cover(query, monthNeeds(query, clock.today()), cubes);
    // A vendor that lacks the dimension would be asked for nothing.
    if (!coverage.ok || coverage.missing.length > 0) return toldAlready([], [key]);
    const { noCache, deadline } = ask;
    const part = await engine.part(connection, query, { strict: false, noCache, deadline });
    const found = part.value.flatMap((row): Value[] => {
      const value = row.group[key] ?? null;
      return value === null ? [] : [{ value, label: row.labels[key] ?? value }];
    });
    return { ...part, value: found };
  };

  return {
    values: async (key, parameters, ask) => {
      if (!isGroupKey(key)) throw unknown(key);
      const visible = visibleConnections(connections, ask.consumer, parameters);
      const range = resolveRange(clock.today(), parameters);
      const query: CostQuery = {
        ...range,
        granularity: 'total',
        groupBy: [key],
        filters: new Map(),
        costType: 'billed',
        currency: null,
        sort: 'start',
        top: null,
      };
      return pager.page({
        operation: `dimension-values ${key}`,
        question: questionOf('dimension-values', parameters),
        consumer: ask.consumer.name,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => {
          const { parts, complete, providers } = await gather(visible, parameters.strict ?? false, (connection) =>
            read(connection, key, query, ask),
          );
          const items = new Map(
            parts.flatMap(({ connection: { provider }, value: values }) =>
              values.map(
                ({ value, label }) => [JSON.stringify([value, provider]), { value, label, provider }] as const,
              ),
            ),
          );
          const sorted = [...items].sort(([left], [right]) => (left < right ? -1 : 1));
          return { items: sorted.map(([, item]) => item), rest: { meta: { complete, providers } } };
        },
      });
    },
  };
};
