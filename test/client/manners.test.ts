import { describe, expect, it } from 'vitest';
import { json, now, problem, scripted } from './scripted-gateway.ts';

const costs = { data: [], totals: [], page: { limit: 100, nextCursor: null }, meta: { complete: true, providers: [] } };
const budget = {
  connection: 'acme',
  name: 'Core',
  period: 'monthly',
  limit: { amount: '1', currency: 'USD' },
} as const;
const get = (script: ReturnType<typeof scripted>) => script.client.GET('/v1/costs');

describe('a read that fails in passing', () => {
  it.each([429, 502, 503, 504])('is sent again after a %i, with jitter', async (status) => {
    const script = scripted([problem(status), problem(status), json(costs)]);
    expect((await get(script)).data).toEqual(costs);
    expect(script.waits).toEqual([250, 500]);
  });

  it('is sent again where the line broke', async () => {
    const script = scripted([new TypeError('fetch failed'), json(costs)]);
    expect((await get(script)).data).toEqual(costs);
    expect(script.waits).toEqual([250]);
  });

  it('waits as long as it is told, never less', async () => {
    const date = new Date(now + 9000).toUTCString();
    const script = scripted([problem(503, { 'retry-after': '7' }), problem(429, { 'retry-after': date }), json(costs)]);
    expect((await get(script)).data).toEqual(costs);
    expect(script.waits).toEqual([7250, 9500]);
  });

  it('gives back the answer where the wait would be too long, or the tries are used up', async () => {
    const long = scripted([problem(429, { 'retry-after': '3600' })]);
    expect((await get(long)).error).toMatchObject({ status: 429 });
    expect(long.waits).toEqual([]);
    const stubborn = scripted([problem(503), problem(503), problem(503)]);
    expect((await get(stubborn)).response.status).toBe(503);
    const once = scripted([problem(503)], { retries: 0 });
    expect((await get(once)).response.status).toBe(503);
    await expect(get(scripted([new TypeError('down')], { retries: 0 }))).rejects.toThrow('down');
  });

  it('is not sent again for what will not pass', async () => {
    for (const status of [400, 401, 403, 404, 410, 422, 500]) {
      const script = scripted([problem(status)]);
      expect((await get(script)).response.status).toBe(status);
    }
  });

  it('ends when its caller leaves', async () => {
    const leaving = new AbortController();
    const script = scripted([problem(503), json(costs)]);
    leaving.abort(new Error('gone'));
    await expect(script.client.GET('/v1/costs', { signal: leaving.signal })).rejects.toThrow('gone');
    expect(script.waits).toEqual([]);
  });
});

describe('a write', () => {
  const post = (script: ReturnType<typeof scripted>, headers: Record<string, string> = {}) =>
    script.client.POST('/v1/budgets', { body: budget, headers });

  it('is sent once without a key', async () => {
    const script = scripted([problem(503)]);
    expect((await post(script)).response.status).toBe(503);
    await expect(post(scripted([new TypeError('reset')]))).rejects.toThrow('reset');
  });

  it('is sent again, as it was, with one', async () => {
    const script = scripted([new TypeError('reset'), problem(503), json({ data: {}, meta: {} }, 201)]);
    expect((await post(script, { 'Idempotency-Key': 'k-1' })).response.status).toBe(201);
    const bodies = await Promise.all(script.requests.map((request) => request.text()));
    expect(bodies).toEqual(new Array(3).fill(JSON.stringify(budget)));
    expect(script.requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['k-1', 'k-1', 'k-1']);
  });
});

describe('a credential', () => {
  it('goes with every request, and may be made for each', async () => {
    let number = 0;
    const apiKey = async () => {
      number += 1;
      return `key-${number}`;
    };
    const script = scripted([json(costs), json(costs)], { apiKey });
    await get(script);
    await script.client.pages('/v1/costs').next();
    expect(script.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer key-1',
      'Bearer key-2',
    ]);
  });

  it('is not made up', async () => {
    const script = scripted([json(costs)]);
    await get(script);
    expect(script.requests[0]?.headers.has('authorization')).toBe(false);
  });
});
