import { afterEach, describe, expect, test } from 'vitest';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { startCloudzeroSandbox } from './sandbox.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

type Body = Record<string, unknown>;

const open = async (variant: 'live' | 'published', seed?: string) => {
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
const costs = (query: string) => `/v2/billing/costs?start_date=2026-09-01&end_date=2026-11-22&${query}`;

describe('published', () => {
  const query = { start: '2026-09-01T00:00:00Z', end: '2026-11-22T00:00:00Z', cost_type: 'billed' };

  test('a wrong key is a bare 401', async () => {
    const { sandbox } = await open('published');
    const answer = await fetch(`${sandbox.url}/v2/budgets`, { headers: { authorization: 'nobody' } });
    expect([answer.status, await answer.text()]).toEqual([401, '']);
  });

  test('daily, monthly and cumulative figures add up to those of the live dialect', async () => {
    const published = await open('published');
    const live = await open('live');
    const whole = totalOf((await live.send('GET', costs('granularity=monthly&cost_type=billed_cost'))).text);
    for (const granularity of ['daily', 'monthly', 'cumulative']) {
      for (const group_by of [[], ['Account', 'Tag:Team'], ['UsageFamily']]) {
        const answer = await published.send('POST', '/v2/billing/costs', { ...query, granularity, group_by });
        expect(totalOf(answer.text, 'value')).toBe(whole);
      }
    }
    const filter = { Service: ['AmazonS3'], '!Account': '571940286631' };
    const filters = encodeURIComponent(JSON.stringify(filter));
    const left = await published.send('POST', '/v2/billing/costs', { ...query, filter });
    const right = await live.send('GET', costs(`cost_type=billed_cost&filters=${filters}`));
    expect(totalOf(left.text, 'value')).toBe(totalOf(right.text));
  });

  test.each([
    {},
    { ...query, end: undefined },
    { ...query, group_by: ['Nobody'] },
    { ...query, group_by: 'Account' },
    { ...query, granularity: 'weekly' },
    { ...query, cost_type: 'billed_cost' },
    { ...query, filter: [] },
  ])('%j is a bare 400', async (body) => {
    const { send } = await open('published');
    const answer = await send('POST', '/v2/billing/costs', body);
    expect([answer.status, answer.text]).toEqual([400, '']);
  });

  test('a page has ten thousand points and a link to the next', async () => {
    const { send, sandbox } = await open('published');
    const body = { ...query, start: '2025-11-01T00:00:00Z', group_by: ['Account', 'Service', 'Region'] };
    const first = await send('POST', '/v2/billing/costs', body);
    expect(amountsOf(first.text, 'value')).toHaveLength(10_000);
    expect(first.json.pagination.next).toContain(`${sandbox.url}/v2/billing/costs?cursor=`);
    const second = await send('POST', first.json.pagination.next.slice(sandbox.url.length), body);
    expect(second.json.pagination.total).toBe(first.json.pagination.total);
  });

  test('budgets and insights are created with 201, replaced with PUT and deleted with 204', async () => {
    const { send } = await open('published');
    const budget = { name: 'Mine', amount: 1000.5, period: 'annual', view_id: 'view-8c7be914' };
    const created = await send('POST', '/v2/budgets', budget);
    expect(created.status).toBe(201);
    const path = `/v2/budgets/${created.json.data.id}`;
    expect((await send('PUT', path, { ...budget, amount: 7 })).json.data).toMatchObject({
      amount: 7,
      notifications: [],
    });
    expect((await send('PUT', path, { name: 'half' })).status).toBe(400);
    expect((await send('PATCH', path, budget)).status).toBe(405);
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    const insight = await send('POST', '/v2/insights', { name: 'Watch', group_by: ['Service'] });
    expect([insight.status, insight.json.data.group_by]).toEqual([201, ['Service']]);
  });

  test('lists have pages', async () => {
    const { send, sandbox } = await open('published');
    const first = await send('GET', '/v2/budgets?page=1&page_size=3');
    expect(first.json.pagination).toMatchObject({ total: 5 });
    expect(first.json.pagination).not.toHaveProperty('previous');
    const second = await send('GET', first.json.pagination.next.slice(sandbox.url.length));
    expect([...first.json.data, ...second.json.data].map((budget) => budget.name)).toHaveLength(5);
    expect(second.json.pagination).not.toHaveProperty('next');
    expect((await send('GET', '/v2/budgets?page=0')).status).toBe(400);
  });
});
