import { z } from 'zod';
import { type Dimension, isDimension } from '../domain/dimension.ts';
import type { Connection } from '../vendor/connection.ts';
import { gather } from '../vendor/gather.ts';
import type { HeldReadings } from '../vendor/list-cache.ts';
import type { Part } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import { limitDefault, questionOf } from './list-request.ts';
import type { Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

export interface DimensionService {
  list(parameters: ListParameters, ask: Ask): Promise<unknown>;
}

const maxAgeMs = 6 * 3_600_000;

/** What the cubes can carry without asking the vendor. Tags stand in the vendor's own list only. */
export const cubeDimensions = (connection: Connection): Dimension[] => [
  ...new Set(
    connection.connector.capabilities.costs.cubes.flatMap((cube) => [
      ...cube.dimensions,
      ...(cube.optional ?? []).filter((each) => each !== 'tag'),
    ]),
  ),
];

const dimensionText = z.string().refine(isDimension);

export const openDimensionService = (
  held: HeldReadings,
  pager: Pager,
  connections: readonly Connection[],
): DimensionService => ({
  list: async (parameters, ask) => {
    const visible = visibleConnections(connections, ask.consumer, parameters);
    return pager.page({
      operation: 'dimensions',
      question: questionOf('dimensions', parameters),
      consumer: ask.consumer.name,
      limit: parameters.limit ?? limitDefault,
      cursor: parameters.cursor,
      build: async () => {
        const gathered = await gather(
          visible,
          parameters.strict ?? false,
          async (connection): Promise<Part<readonly string[]>> => {
            const source = connection.connector.capabilities.dimensions;
            if (source === undefined) {
              return {
                value: cubeDimensions(connection),
                state: 'fresh',
                notes: [],
                asOf: null,
                completeThrough: null,
                missing: [],
                failure: null,
              };
            }
            return held.read(connection, {
              name: 'dimensions',
              item: dimensionText,
              maxAgeMs,
              noCache: ask.noCache,
              deadline: ask.deadline,
              load: (session) => source.list(session),
            });
          },
        );
        const providers = new Map<string, Set<string>>([
          ['provider', new Set(visible.map((each) => each.provider))],
          ['connection', new Set(visible.map((each) => each.provider))],
        ]);
        for (const { connection, value } of gathered.parts) {
          for (const key of value) providers.set(key, (providers.get(key) ?? new Set()).add(connection.provider));
        }
        const items = [...providers].map(([key, names]) => ({
          key,
          providers: [...names].sort(),
          filterable: key !== 'resource',
          groupable: true,
        }));
        return { items, rest: { meta: { complete: gathered.complete, providers: gathered.providers } } };
      },
    });
  },
});
