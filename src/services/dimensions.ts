import { z } from 'zod';
import { type Dimension, isDimension, ownDimensions } from '../domain/dimension.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { freshPart, type Part } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';

export interface DimensionService {
  list(parameters: ListParameters, ask: Ask): Promise<PagedAnswer>;
}

const dimensionsMaxAgeMs = 6 * 3_600_000;

/** The dimensions of the cubes, known without a vendor call. Tags are only in the vendor's own list. */
export const cubeDimensions = (connection: Connection): Dimension[] => [
  ...new Set(
    connection.connector.capabilities.costs.cubes.flatMap((cube) => [
      ...cube.dimensions,
      ...(cube.optional ?? []).filter((each) => each !== 'tag'),
    ]),
  ),
];

const dimensionText = z.string().refine(isDimension);

export type ReadDimensions = (
  connection: Connection,
  ask: Pick<Ask, 'noCache' | 'deadline'>,
) => Promise<Part<readonly string[]>>;

/** The dimensions of a connection: the vendor's own list, or else those of its cubes. */
export const createDimensionReader =
  (cache: ListCache): ReadDimensions =>
  async (connection, { noCache, deadline }) => {
    const source = connection.connector.capabilities.dimensions;
    if (source === undefined) return freshPart<readonly string[]>(cubeDimensions(connection));
    return cache.read(connection, {
      name: 'dimensions',
      item: dimensionText,
      maxAgeMs: dimensionsMaxAgeMs,
      noCache,
      deadline,
      load: (session) => source.list(session),
    });
  };

export const createDimensionService = (read: ReadDimensions, lister: Lister): DimensionService => ({
  list: (parameters, ask) =>
    lister.list({
      name: 'dimensions',
      parameters,
      ask,
      part: (connection) => read(connection, ask),
      items: (parts, asked) => {
        const providers = new Map<string, Set<string>>(
          ownDimensions.map((key) => [key, new Set(asked.map((each) => each.provider))]),
        );
        for (const { connection, value } of parts) {
          for (const key of value) providers.set(key, (providers.get(key) ?? new Set()).add(connection.provider));
        }
        return [...providers].map(([key, names]) => ({
          key,
          providers: [...names].sort(),
          filterable: key !== 'resource',
          groupable: true,
        }));
      },
    }),
});
