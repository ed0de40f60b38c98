import { afterEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { startCloudzeroSandbox } from './sandbox.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

type Body = Record<string, unknown>;

const open = async () => {
  const clock = new VirtualClock();
  const sandbox = await startCloudzeroSandbox({ clock });
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
  return { send };
};

test('views are listed, created, changed and removed', async () => {
  const { send } = await open();
  expect((await send('GET', '/v2/views?limit=2')).json).toMatchObject({
    views: [{ id: 'view-3d1f0a52', anomalies: { threshold_type: 'Automatic' } }, { id: 'view-8c7be914' }],
    pagination: { total_count: 5 },
  });
  const body = { name: 'V', filter: {}, connections: {}, principal_dimension: 'Service' };
  const created = await send('POST', '/v2/views', body);
  expect(created.json.view).toMatchObject({ ...body, anomalies: { enabled: true }, last_edited: expect.any(String) });
  const { id } = created.json.view;
  expect((await send('GET', `/v2/views/${id}`)).json.view.last_edited).toBeUndefined();
  expect((await send('PATCH', `/v2/views/${id}`, { name: 'W' })).json.view).toMatchObject({ ...body, name: 'W' });
  expect((await send('PATCH', `/v2/views/${id}`, { filter: { Resource: ['r'] } })).status).toBe(400);
  const { connections: _, ...without } = body;
  expect((await send('POST', '/v2/views', without)).status).toBe(400);
  expect((await send('DELETE', `/v2/views/${id}`)).json).toEqual({ id });
});

test('recommendations are filtered, paged and changed, and their errors have a form of their own', async () => {
  const { send } = await open();
  const path = '/v2/optimize/recommendations';
  const all = (await send('GET', path)).json;
  expect(
    all.recommendations.every((each: { cost_impact_last_30_days: number }) => each.cost_impact_last_30_days >= 1),
  ).toBe(true);
  const free = (await send('GET', `${path}?cost_impact_last_30_days[gte]=0`)).json;
  expect(free.pagination.total_count).toBeGreaterThanOrEqual(all.pagination.total_count);
  const some = (await send('GET', `${path}?status=addressed&limit=2&offset=1`)).json;
  expect(some.recommendations).toHaveLength(2);
  expect((await send('GET', `${path}?status=gone`)).json.detail[0]).toMatchObject({ loc: ['query', 'status', 0] });
  expect((await send('GET', `${path}?limit=none`)).status).toBe(422);
  const { recommendation_id: id } = all.recommendations[0];
  const change = { recommendation_ids: [id], updates: { status: 'in_progress' }, reason: 'planned' };
  expect((await send('PATCH', path, change)).json).toMatchObject({ status: 'in_progress', recommendation_ids: [id] });
  expect((await send('GET', `${path}/${id}`)).json.recommendation.status).toBe('in_progress');
  expect(Array.isArray((await send('GET', '/v2/optimize/recommendation_types')).json)).toBe(true);
});
