import type { CostEngine } from '../costs/engine.ts';
import { cover, monthNeeds } from '../costs/planning/cover.ts';
import { type CostQuery, resolveRange } from '../costs/query/query.ts';
import type { Clock } from '../domain/clock.ts';
import type { Day } from '../domain/day.ts';
import { type Dimension, type GroupKey, isDimension, isGroupKey, namedDimensions } from '../domain/dimension.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import { freshPart, type Part } from '../vendor/part.ts';
import { type Ask, type ListParameters, questionOf } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';

export interface ValueParameters extends ListParameters {
  readonly start?: Day | undefined;
  readonly end?: Day | undefined;
}

export interface DimensionValueService {
  /** The values that occur in the costs of a range, over all connections. */
  values(key: string, parameters: ValueParameters, ask: Ask): Promise<PagedAnswer>;
}

export interface DimensionValueOptions {
  readonly clock: Clock;
  readonly engine: CostEngine;
  readonly lister: Lister;
}

interface Value {
  readonly value: string;
  readonly label: string;
}

const unknownDimension = (key: string): Failure =>
  new Failure('not-found', {
    public: `There is no dimension ${key.slice(0, 200)}. Known are provider, connection, ${namedDimensions.join(', ')} and tag:<key>.`,
  });

const knownPart = (value: readonly Value[], missing: readonly Dimension[] = []): Part<readonly Value[]> =>
  freshPart(value, { missing });

export const createDimensionValueService = (options: DimensionValueOptions): DimensionValueService => {
  const { clock, engine, lister } = options;

  const read = async (connection: Connection, key: GroupKey, query: CostQuery, ask: Ask) => {
    const { provider, id, title } = connection;
    if (!isDimension(key)) return knownPart([{ value: key === 'provider' ? provider : id, label: title }]);
    const { cubes } = connection.connector.capabilities.costs;
    const coverage = cover(query, monthNeeds(query, clock.today()), cubes);
    // Without the dimension a fetch would return no values.
    if (!coverage.ok || coverage.missing.length > 0) return knownPart([], [key]);
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
      if (!isGroupKey(key)) throw unknownDimension(key);
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
      return lister.list({
        name: `dimension-values ${key}`,
        parameters,
        ask,
        question: questionOf('dimension-values', parameters),
        part: (connection) => read(connection, key, query, ask),
        items: (parts) => {
          const items = new Map(
            parts.flatMap(({ connection: { provider }, value: values }) =>
              values.map(
                ({ value, label }) => [JSON.stringify([value, provider]), { value, label, provider }] as const,
              ),
            ),
          );
          return [...items].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item);
        },
      });
    },
  };
};
