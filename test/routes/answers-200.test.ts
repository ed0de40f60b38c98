import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import type { OperationEntry } from '../../src/server/operation/operation.ts';
import { shapeOf } from '../../src/server/operation/parameter-shapes.ts';
import { queryOf } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { toy } from '../support/toy-provider.ts';

const readable = operations.filter(
  ({ method, path, answers }) => method === 'GET' && !path.includes('{') && answers[200]?.schema !== undefined,
);
const named = (list: readonly OperationEntry[]): (readonly [string, OperationEntry])[] =>
  list.map((operation) => [`${operation.method} ${operation.path}`, operation]);
const takes = (operation: OperationEntry, name: string): boolean => Object.hasOwn(operation.query.shape, name);

const registered = z.object({ examples: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1) });

describe('every 200', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp([...providers, toy], { clock: pinnedClock() });
    app.services.readiness.ready();
  });
  afterAll(() => app.close());

  /** Nothing missing, and nothing that the document does not know. */
  const expectDocumented = async (operation: OperationEntry, query: Parameters<typeof queryOf>[0] = {}) => {
    const answer = await app.get(`${operation.path}?${queryOf(query)}`);
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(operation.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
    return answer;
  };

  it('is looked at for some operations', () => {
    expect(readable.length).toBeGreaterThan(8);
  });

  it.each(named(readable))('of %s is as its document says', async (_name, operation) => {
    await expectDocumented(operation);
  });

  it.each(named(readable.filter((each) => takes(each, 'groupBy'))))(
    'of %s is as its document says with everything that can be asked for',
    async (_name, operation) => {
      const everything = {
        start: '2026-10-15',
        end: '2026-12-31T23:00:00+02:00',
        granularity: 'monthly',
        groupBy: ['provider,connection', 'account', 'service', 'region', 'category', 'resource', 'tag:env'],
        costType: 'effective',
        currency: 'EUR',
        sort: '-cost',
        top: '3',
        limit: '7',
      };
      const taken = Object.entries(everything).filter(([name]) => takes(operation, name));
      await expectDocumented(operation, Object.fromEntries(taken));
    },
  );

  it.each(named(readable.filter((each) => takes(each, 'limit'))))(
    'of %s comes in pages that hold the list once',
    async (_name, operation) => {
      const list = z.object({
        data: z.array(z.unknown()),
        page: z.object({ limit: z.number(), nextCursor: z.string().nullable() }),
        meta: z.unknown(),
      });
      const whole = list.parse((await expectDocumented(operation, { limit: '1000' })).body);
      const first = list.parse((await expectDocumented(operation, { limit: '2' })).body);
      expect(first.page.limit).toBe(2);
      expect(first.data).toEqual(whole.data.slice(0, 2));
      if (first.page.nextCursor === null) {
        expect(whole.data.length).toBeLessThanOrEqual(2);
        return;
      }
      const second = list.parse(
        (await expectDocumented(operation, { limit: '3', cursor: first.page.nextCursor })).body,
      );
      expect(second.data).toEqual(whole.data.slice(2, 5));
      expect(second.meta).toEqual(first.meta);
    },
  );

  it('answers a question that was asked before with the same bytes', async () => {
    for (const { path } of readable.filter(({ path }) => path.startsWith('/v1/') && path !== '/v1/providers')) {
      expect((await app.get(path)).text, path).toBe((await app.get(path)).text);
    }
  });
});

describe('every example', () => {
  const answers = operations.flatMap((operation) =>
    Object.entries(operation.answers).flatMap(([status, { schema, example }]) =>
      schema === undefined ? [] : [[`${operation.method} ${operation.path} ${status}`, schema, example] as const],
    ),
  );
  it.each(answers)('answer of %s is there and fits', (_name, schema, example) => {
    expect(example).not.toBe(undefined);
    expect(schema.parse(example)).toEqual(example);
  });

  const parameters = operations.flatMap((operation) =>
    Object.entries(operation.query.shape).map(
      ([name, schema]) => [`${name} of ${operation.method} ${operation.path}`, schema] as const,
    ),
  );
  it.each(parameters)('value for %s is there and is taken', (_name, schema) => {
    const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
    const shape = shapeOf(inner);
    if (shape === null) throw new TypeError('a parameter has no shape');
    const { examples } = registered.parse(z.globalRegistry.get(shape.value));
    for (const example of examples)
      expect(inner._zod.run({ value: [String(example)], issues: [] }, {})).toMatchObject({ issues: [] });
  });
});
