import type { InjectOptions } from 'fastify';
import { z } from 'zod';
import type { Consumer } from '../../../src/domain/consumer.ts';
import {
  type AnswerCache,
  type AnswerCacheOptions,
  createAnswerCache,
} from '../../../src/server/answer-cache/answer-cache.ts';
import type { OperationAnswer, OperationInput } from '../../../src/server/operation/operation.ts';
import { commaList, freeText, many, one, wholeNumber } from '../../../src/server/operation/parameters.ts';
import { VirtualClock } from '../../support/clock.ts';
import { type ToyApi, toyApi } from '../operation/toy-api.ts';
import { defineOperation, toy } from '../operation/toy-operations.ts';

const text = freeText({ max: 100 });

/** A parameter of every form. */
const query = z.strictObject({
  service: many(text).optional(),
  region: many(text).optional(),
  groupBy: commaList(text, 9).default([]),
  limit: one(wholeNumber({ min: 1, max: 10 })).default(5),
  cursor: one(text).optional(),
});
type Input = OperationInput<unknown, z.output<typeof query>, Record<string, never>, undefined>;
type Answer = OperationAnswer | Promise<OperationAnswer>;

/** Long enough to be worth compressing. */
export const padding = 'cost '.repeat(400);
export const fresh = { provider: 'acme', status: 'fresh', asOf: '2026-11-21T09:00:00Z' };

export const consumer = (name: string, connections: readonly string[] | null = null): Consumer => ({
  name,
  scopes: new Set(['read', 'write', 'admin', 'native:read']),
  connections: connections === null ? null : new Set(connections),
});

const consumers = new Map(
  [
    consumer('a'),
    consumer('b'),
    consumer('east', ['x', 'y']),
    consumer('east-too', ['y', 'x']),
    consumer('west', ['z']),
  ].map((each) => [each.name, each]),
);

export interface CachedApi extends ToyApi {
  readonly cache: AnswerCache;
  readonly clock: VirtualClock;
  /** How often the handler ran. */
  readonly runs: () => number;
  readonly ask: (
    url: string,
    headers?: Record<string, string>,
    more?: Partial<InjectOptions>,
  ) => ReturnType<typeof injected>;
}

const injected = (api: ToyApi, options: InjectOptions) => api.app.inject(options);

/** One read, one write and one page of the gateway, behind an answer cache; `x-who` says who calls. */
export const cachedApi = (
  handle: (input: Input, run: number) => Answer,
  options: Partial<AnswerCacheOptions> = {},
): CachedApi => {
  const clock = new VirtualClock();
  const cache = createAnswerCache({ clock, bytesMax: 1_000_000, ...options });
  let runs = 0;
  const answers = {
    200: { description: 'Toys.', schema: z.unknown(), alsoAs: ['application/x-ndjson', 'text/csv'] },
  };
  const read = defineOperation({
    ...toy,
    id: 'read',
    query,
    answers,
    handle: (input: Input) => {
      runs += 1;
      return handle(input, runs);
    },
  });
  const write = defineOperation({
    ...toy,
    id: 'write',
    method: 'PUT',
    path: '/v1/toys',
    scope: 'write',
    query: z.strictObject({ fail: one(text).optional() }),
    handle: ({ query: { fail } }) => {
      if (fail !== undefined) throw new TypeError(fail);
      return { status: 204 };
    },
  });
  const health = defineOperation({
    ...toy,
    id: 'health',
    path: '/health',
    scope: null,
    handle: () => ({ json: 'ok' }),
  });
  const native = defineOperation({
    ...toy,
    id: 'native',
    path: '/native/toys',
    scope: 'native:read',
    handle: () => ({ json: padding }),
  });
  const api = toyApi([read, write, health, native], {
    clock,
    around: cache.around,
    authenticate: ({ headers }) => consumers.get(String(headers['x-who'] ?? 'a')) ?? consumer('a'),
  });
  return {
    ...api,
    cache,
    clock,
    runs: () => runs,
    ask: (url, headers = {}, more = {}) => injected(api, { ...more, url, headers }),
  };
};
