import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../../providers/index.ts';
import { operations } from '../../routes/index.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { costsOf, listAnswerSchema, problemOf, queryOf } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { toy } from '../support/toy-provider.ts';

const clock = pinnedClock();
const store = createMemoryStore(clock);
const question = { start: '2026-10-01', end: '2026-11-01', groupBy: 'service' };
const lists = operations
  .filter(({ method, path, query }) => method === 'GET' && !path.includes('{') && Object.hasOwn(query.shape, 'cursor'))
  .map(({ path }) => path);

const statusOf = async (app: RunningApp, path: string, headers: Record<string, string> = {}) =>
  (await problemOf(app, path, headers)).problem;
const cursorFrom = async (app: RunningApp, path: string, headers: Record<string, string> = {}): Promise<string> => {
  const { page } = listAnswerSchema.parse((await app.get(path, headers)).body);
  if (page.nextCursor === null) throw new TypeError(`${path} has one page only`);
  return page.nextCursor;
};

describe('a cursor of the API', () => {
  let app: RunningApp;
  let cursor: string;
  beforeAll(async () => {
    app = await startApp([...providers, toy], { clock, store });
    cursor = (await costsOf(app, { ...question, limit: '5' })).page.nextCursor ?? '';
  });
  afterAll(() => app.close());
  const withCursor = (asked: Parameters<typeof queryOf>[0], path = '/v1/costs') =>
    `${path}?${queryOf({ ...asked, cursor })}`;

  it('leads on with its question, alone, and with another limit', async () => {
    const second = await costsOf(app, { ...question, limit: '5', cursor });
    expect(await costsOf(app, { limit: '5', cursor })).toEqual(second);
    expect((await costsOf(app, { limit: '2', cursor })).data).toEqual(second.data.slice(0, 2));
    expect(second.totals).toEqual((await costsOf(app, question)).totals);
  });

  it('is a 400 with another question', async () => {
    for (const other of [
      { ...question, groupBy: 'account' },
      { ...question, start: '2026-10-02' },
      { ...question, provider: 'toy' },
    ]) {
      expect(await statusOf(app, withCursor(other))).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] });
    }
  });

  it('is a 400 when it is altered or cut', async () => {
    for (const forged of [
      cursor.slice(1),
      cursor.slice(0, -2),
      `${cursor}AA`,
      cursor.replace('.', 'A'),
      `A${cursor}`,
    ]) {
      const problem = await statusOf(app, `/v1/costs?${queryOf({ ...question, cursor: forged })}`);
      expect(problem).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] });
    }
  });

  it('is a 400 at every path that did not give it', async () => {
    const others = lists.filter((other) => other !== '/v1/costs');
    const statuses = others.map(async (path) => [path, (await app.get(withCursor({}, path))).status]);
    expect(await Promise.all(statuses)).toEqual(others.map((path) => [path, 400]));
  });

  it('of budgets never shows budgets under another path', async () => {
    const budgets = await cursorFrom(app, '/v1/budgets?limit=1');
    const others = lists.filter((other) => other !== '/v1/budgets');
    const statuses = others.map(async (path) => [
      path,
      (await app.get(`${path}?${queryOf({ cursor: budgets })}`)).status,
    ]);
    expect(await Promise.all(statuses)).toEqual(others.map((path) => [path, 400]));
  });

  it('is a 410 once its answer is gone, such as after a restart', async () => {
    const again = await startApp([...providers, toy], { clock, store });
    const problem = await statusOf(again, withCursor(question));
    expect(problem).toMatchObject({ status: 410, type: '/problems/cursor-expired' });
    expect((await app.get(withCursor(question))).status).toBe(200);
    await again.close();
  });
});

describe('a cursor of one consumer', () => {
  it('is a 400 to another', async () => {
    const digest = (key: string) => createHash('sha256').update(key).digest('hex');
    const authenticate = authenticator({
      mode: 'keys',
      clock,
      keys: [
        { name: 'one', digest: digest('key-one'), scopes: ['read'] },
        { name: 'two', digest: digest('key-two'), scopes: ['read'] },
      ],
    });
    const app = await startApp([toy], { clock, authenticate });
    const cursor = await cursorFrom(app, `/v1/costs?${queryOf({ ...question, limit: '1' })}`, {
      'x-api-key': 'key-one',
    });
    const path = `/v1/costs?${queryOf({ cursor })}`;
    expect((await app.get(path, { 'x-api-key': 'key-one' })).status).toBe(200);
    expect((await problemOf(app, path, { 'x-api-key': 'key-two' })).problem.status).toBe(400);
    expect((await problemOf(app, path)).problem.status).toBe(401);
    await app.close();
  });

  it('who may see fewer connections gets neither their rows nor their names', async () => {
    const digest = createHash('sha256').update('key').digest('hex');
    const keys = [{ name: 'narrow', digest, scopes: ['read' as const], connections: ['toy'] }];
    const app = await startApp([...providers, toy], {
      clock,
      authenticate: authenticator({ mode: 'keys', clock, keys }),
    });
    const headers = { 'x-api-key': 'key' };
    for (const path of lists) {
      const { text, status } = await app.get(path, headers);
      expect(status, path).toBe(200);
      for (const { id } of providers) expect(text, path).not.toContain(`"${id}"`);
    }
    const { problem } = await problemOf(app, '/v1/costs?provider=elastic', headers);
    expect(problem.errors).toEqual([{ path: 'query.provider', message: 'elastic is not known; known are toy' }]);
    await app.close();
  });
});
