import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { authenticator } from '../../../src/server/identity/caller-auth.ts';
import { listAnswerSchema, problemOf, queryOf } from '../../support/answers.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { toy } from '../../support/toy-provider.ts';
import { cursorOfCosts, question } from '../shared/costs-cursor.ts';
import { describeForeignCursor } from '../shared/foreign-cursor.ts';
import { describeRefusedQuery } from '../shared/refused-query.ts';
import { openWorkerApp, workerClock } from '../shared/worker-app.ts';

describeRefusedQuery('listCosts');
describeForeignCursor('listCosts');

describe('400 of GET /v1/costs for too many groupings', () => {
  it('says how many it may have', async () => {
    const app = await openWorkerApp();
    const groupBy = Array.from({ length: 900 }, (_, index) => `tag:key-${index}`).join(',');
    const { problem } = await problemOf(app, `/v1/costs?${queryOf({ groupBy })}`);
    expect(problem).toMatchObject({
      status: 400,
      errors: [{ path: 'query.groupBy', message: 'may have at most 12 values' }],
    });
  });
});

describe('400 of GET /v1/costs for a cursor that', () => {
  let app: RunningApp;
  let cursor: string;
  beforeAll(async () => {
    app = await openWorkerApp();
    cursor = await cursorOfCosts(app);
  });

  const problemWith = async (query: Parameters<typeof queryOf>[0]) =>
    (await problemOf(app, `/v1/costs?${queryOf(query)}`)).problem;

  it('goes with another question', async () => {
    for (const other of [
      { ...question, groupBy: 'account' },
      { ...question, start: '2026-10-02' },
      { ...question, provider: 'toy' },
    ]) {
      expect(await problemWith({ ...other, cursor })).toMatchObject({
        status: 400,
        errors: [{ path: 'query.cursor' }],
      });
    }
  });

  it('is altered or cut', async () => {
    for (const forged of [
      cursor.slice(1),
      cursor.slice(0, -2),
      `${cursor}AA`,
      cursor.replace('.', 'A'),
      `A${cursor}`,
    ]) {
      const problem = await problemWith({ ...question, cursor: forged });
      expect(problem).toMatchObject({ status: 400, errors: [{ path: 'query.cursor' }] });
    }
  });

  it('belongs to another consumer', async () => {
    const digest = (key: string) => createHash('sha256').update(key).digest('hex');
    const authenticate = authenticator({
      mode: 'keys',
      clock: workerClock,
      keys: [
        { name: 'one', digest: digest('key-one'), scopes: ['read'] },
        { name: 'two', digest: digest('key-two'), scopes: ['read'] },
      ],
    });
    const own = await startApp([toy], { clock: workerClock, authenticate });
    const first = await own.get(`/v1/costs?${queryOf({ ...question, limit: '1' })}`, { 'x-api-key': 'key-one' });
    const cursor = listAnswerSchema.parse(first.body).page.nextCursor ?? '';
    const path = `/v1/costs?${queryOf({ cursor })}`;
    expect((await own.get(path, { 'x-api-key': 'key-one' })).status).toBe(200);
    expect((await problemOf(own, path, { 'x-api-key': 'key-two' })).problem.status).toBe(400);
    expect((await problemOf(own, path)).problem.status).toBe(401);
    await own.close();
  });
});
