import { afterEach, describe, expect, test } from 'vitest';
import { add, decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { startCloudzeroSandbox } from './sandbox.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

type Body = Record<string, unknown>;

const open = async (variant: 'live' | 'live-loose' | 'published', seed?: string) => {
  const clock = new VirtualClock();
  const sandbox = await startCloudzeroSandbox({ clock, variant, ...(seed === undefined ? {} : { seed }) });
  running.push(sandbox);
  const send = async (method: string, path: string, body?: Body, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { authorization: sandbox.settings.apiKey ?? '', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: text === '' ? undefined : JSON.parse(text) };
  };
  return { clock, sandbox, send };
};

const amountsOf = (text: string, key: string): string[] =>
  [...text.matchAll(new RegExp(`"${key}":(-?[0-9.]+)`, 'g'))].map((match) => match[1] ?? '');
const totalOf = (text: string, key = 'cost'): string => decimalText(sum(amountsOf(text, key).map(decimal)));
const fitting = {
  name: 'x',
  planned_limits: { monthly: { '2026-11-01T00:00:00Z': { amount: '1' } } },
  view: { id: 'view-8c7be914' },
};
const costs = (query: string) => `/v2/billing/costs?start_date=2026-09-01&end_date=2026-11-22&${query}`;

describe('live', () => {
  test.each([{}, { authorization: 'nobody' }, { authorization: 'Bearer cz-sandbox-key-5f2d91c07a' }])(
    'a key as in %j is refused with 403',
    async (headers) => {
      const { sandbox } = await open('live');
      const answer = await fetch(`${sandbox.url}/v2/budgets`, { headers });
      expect([answer.status, await answer.json()]).toEqual([403, { message: 'Forbidden' }]);
    },
  );

  test('every granularity, every grouping and every filter add up to the same', async () => {
    const { send } = await open('live');
    const whole = totalOf((await send('GET', costs('granularity=monthly'))).text);
    for (const granularity of ['daily', 'weekly', 'yearly']) {
      expect(totalOf((await send('GET', costs(`granularity=${granularity}`))).text)).toBe(whole);
    }
    const { dimensions } = (await send('GET', '/v2/billing/dimensions')).json;
    for (const { id } of dimensions) {
      const answer = await send('GET', costs(`granularity=monthly&group_by=${encodeURIComponent(id)}`));
      expect(totalOf(answer.text)).toBe(whole);
      expect(Object.hasOwn(answer.json.costs[0], id)).toBe(true);
    }
    const filtered = async (filters: Body) =>
      totalOf((await send('GET', costs(`filters=${encodeURIComponent(JSON.stringify(filters))}`))).text);
    const inside = await filtered({ Region: ['us-east-1', '__NULL_PARTITION_VALUE__'] });
    const outside = await filtered({ '!Region': ['us-east-1', '__NULL_PARTITION_VALUE__'] });
    expect(decimalText(add(decimal(inside), decimal(outside)))).toBe(whole);
    expect(inside).not.toBe(whole);
  });

  test('cost types stand in fixed proportion to the list price of a leaf', async () => {
    const { send } = await open('live');
    const one = encodeURIComponent(JSON.stringify({ Account: ['204867153309'], Service: ['AmazonCloudFront'] }));
    const figures = async (costType: string) =>
      amountsOf((await send('GET', costs(`granularity=daily&filters=${one}&cost_type=${costType}`))).text, 'cost');
    const list = await figures('on_demand_cost');
    const discounted = await figures('discounted_cost');
    const ratios = discounted.map((amount, index) => (Number(amount) / Number(list[index])).toFixed(9));
    expect(new Set(ratios).size).toBe(1);
    expect(await figures('real_cost')).not.toEqual(await figures('billed_cost'));
    expect(await figures('usage_amount')).not.toEqual(list);
  });

  test.each([
    'end_date=2026-11-22',
    'start_date=yesterday',
    'start_date=2026-10-01&end_date=2026-10-01',
    'start_date=2026-10-01&group_by=Nobody',
    'start_date=2026-10-01&group_by=Account&group_by=Account',
    'start_date=2026-10-01&granularity=hourly',
    'start_date=2026-10-01&cost_type=billed',
    'start_date=2026-10-01&filters=x',
    'start_date=2026-10-01&filters=%7B%22Nobody%22%3A%5B%22x%22%5D%7D',
    'start_date=2026-10-01&filters=%7B%22Region%22%3A5%7D',
    'cursor=nonsense',
  ])('%s is a 400 that says why', async (query) => {
    const { send } = await open('live');
    const answer = await send('GET', `/v2/billing/costs?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.message).toBeTypeOf('string');
  });

  test('sixty first pages in 24 hours, cursors for free, and no word of when to come back', async () => {
    const { send, clock } = await open('live-loose');
    let cursor = '';
    for (let count = 0; count < 60; count += 1) {
      const answer = await send('GET', '/v2/billing/costs?start_date=2026-11-01&group_by=Account&group_by=Service');
      cursor = answer.json.pagination.cursor.next_cursor;
      await clock.advance(60_000);
    }
    const refused = await send('GET', '/v2/billing/costs?start_date=2026-11-01');
    expect(refused.status).toBe(429);
    expect(refused.json.error).toMatchObject({ type: 'RateLimit' });
    expect(refused.headers.get('retry-after')).toBeNull();
    expect((await send('GET', `/v2/billing/costs?cursor=${cursor}`)).status).toBe(200);
    // The window is rolling: only the first query is a day old by then.
    await clock.advance(86_400_000 - 60 * 60_000);
    expect((await send('GET', '/v2/billing/costs?start_date=2026-11-01')).status).toBe(200);
    expect((await send('GET', '/v2/billing/costs?start_date=2026-11-01')).status).toBe(429);
  });

  test('a cursor shows the result as it was', async () => {
    const { send, clock } = await open('live-loose');
    const query = '/v2/billing/costs?start_date=2026-11-20&end_date=2026-11-30&group_by=Account&group_by=Service';
    const daysBehind = async (page: Body) => {
      const days = new Set<string>();
      let next: unknown = Reflect.get(Object(Reflect.get(Object(page.pagination), 'cursor')), 'next_cursor');
      while (typeof next === 'string') {
        const { json } = await send('GET', `/v2/billing/costs?cursor=${next}`);
        for (const { usage_date } of json.costs) days.add(usage_date);
        next = json.pagination.cursor.next_cursor;
      }
      return [...days];
    };
    const first = await send('GET', query);
    await clock.advance(20 * 3_600_000);
    expect(await daysBehind(first.json)).toEqual(['2026-11-20T00:00:00', '2026-11-21T00:00:00']);
    expect((await daysBehind((await send('GET', query)).json)).at(-1)).toBe('2026-11-22T00:00:00');
    await clock.advance(4 * 3_600_000);
    const gone = await send('GET', `/v2/billing/costs?cursor=${first.json.pagination.cursor.next_cursor}`);
    expect([gone.status, gone.json.error.type]).toEqual([410, 'ExpiredCache']);
  });

  test('budgets are created, read, changed and deleted', async () => {
    const { send } = await open('live');
    const body = {
      name: 'Mine',
      planned_limits: { monthly: { '2026-11-01T00:00:00+00:00': { amount: '1000.00' } } },
      view: { id: 'view-8c7be914' },
      alerts: { '80': 'Y' },
    };
    const created = await send('POST', '/v2/budgets', body);
    expect(created.status).toBe(200);
    const { id } = created.json.budget;
    const path = `/v2/budgets/${id}`;
    expect((await send('GET', path)).json.budget).toMatchObject({ ...body, cost_type: 'real_cost' });
    expect((await send('GET', `${path}?expand=current`)).json.budget.current).toMatchObject({ planned: '1000.00' });
    const changed = await send('PATCH', path, { name: 'Ours' });
    expect(changed.json.budget).toMatchObject({ ...body, name: 'Ours' });
    expect((await send('PUT', path, body)).status).toBe(405);
    expect((await send('GET', '/v2/budgets')).json.budgets).toHaveLength(6);
    expect((await send('GET', '/v2/budgets?expand=history')).status).toBe(400);
    const expanded = await send('GET', `${path}?expand=current&expand=history&expand=burnup`);
    expect(expanded.json.budget.history.monthly['2026-10-01T00:00:00+00:00']).toMatchObject({ planned: '0' });
    expect(expanded.json.budget.burnup.daily['2026-11-21T00:00:00+00:00']).toEqual(expanded.json.budget.current);
    expect((await send('DELETE', path)).json).toEqual({ budget: { id } });
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
  });

  test.each([
    {},
    { name: 'x' },
    { name: 'x', planned_limits: { monthly: {} } },
    { name: 'x', planned_limits: { monthly: { '2026-11-15': { amount: '1' } } } },
    { name: 'x', planned_limits: { monthly: { '2026-11-01T00:00:00Z': { amount: '1' } } }, view: { id: 'none' } },
    { name: 'x', planned_limits: { monthly: { '2026-11-01T00:00:00Z': { amount: '1' } } } },
    { ...fitting, alerts: { '80': 'on' } },
    { ...fitting, alerts: { '101': 'Y' } },
    { ...fitting, alerts: { '99.5': 'Y' } },
    { ...fitting, name: 'Checkout', view: { id: 'view-51e2c6d0' } },
  ])('%j is no budget', async (body) => {
    const { send } = await open('live');
    expect((await send('POST', '/v2/budgets', body)).status).toBe(400);
  });

  test('the same idempotency key has the same answer, errors included', async () => {
    const { send } = await open('live');
    const key = { 'cloudzero-idempotency-key': 'k1' };
    const body = { title: 'One' };
    const first = await send('POST', '/v2/insights', body, key);
    expect((await send('POST', '/v2/insights', body, key)).text).toBe(first.text);
    expect((await send('GET', '/v2/insights')).json.insights).toHaveLength(6);
    const failing = { 'cloudzero-idempotency-key': 'k2' };
    expect((await send('POST', '/v2/insights', { status: 'gone' }, failing)).status).toBe(400);
    expect((await send('POST', '/v2/insights', body, failing)).status).toBe(400);
  });

  test('insights are listed over cursors and changed, and a removal tells the id', async () => {
    const { send } = await open('live');
    const page = await send('GET', '/v2/insights?limit=3');
    expect(page.json.insights[0]).toMatchObject({ status: 'new', effort: 'low', cost_impact: '412.8837210644' });
    const rest = await send('GET', `/v2/insights?cursor=${page.json.pagination.cursor.next_cursor}`);
    expect(rest.json.insights).toHaveLength(2);
    const { id } = rest.json.insights[0];
    expect((await send('PATCH', `/v2/insights/${id}`, { status: 'ignored' })).json.insight.status).toBe('ignored');
    expect((await send('PATCH', `/v2/insights/${id}`, { status: 'gone' })).status).toBe(400);
    expect((await send('DELETE', `/v2/insights/${id}`)).json).toEqual({ insight: { id }, comments: [] });
  });
});

test('faults throttle as the vendor does, and wide numbers are numbers on the wire', async () => {
  const { send, sandbox } = await open('live');
  sandbox.faults.set([{ kind: 'throttle', times: 1, retryAfter: '7' }]);
  const throttled = await send('GET', '/v2/budgets');
  expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
  expect(throttled.json.error.type).toBe('RateLimit');
  const answer = await send('GET', costs('granularity=monthly'));
  expect(JSON.stringify(parseLosslessly(answer.text))).toMatch(/"cost":"\d+\.\d{12,}"/);
  expect((await send('GET', '/v2/nothing')).status).toBe(404);
});

test('there is no third dialect', () => {
  expect(() => startCloudzeroSandbox({ clock: new VirtualClock(), variant: 'other' })).toThrow(TypeError);
});
