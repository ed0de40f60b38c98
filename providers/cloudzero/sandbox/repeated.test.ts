import { expect, test } from 'vitest';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { openRoutes } from '../../../test/support/cloudzero-sandbox.ts';
import { insightRoutes } from './insights.ts';
import { answeredOnce, inNamespaces } from './repeated.ts';

const live = { variant: 'live', loose: false } as const;
const key = (value: string) => ({ 'cloudzero-idempotency-key': value });
const testKey = (value: string) => ({ 'cloudzero-test-key': value });

const open = () => openRoutes('live', (clock) => answeredOnce(inNamespaces(clock, () => insightRoutes(live, clock))));

test('a repeated key has the first answer of that method and path again, whatever else is sent', async () => {
  const { send } = await open();
  const first = await send('POST', '/v2/insights', { title: 'One' }, key('a'));
  expect(await send('POST', '/v2/insights', '{', key('a'))).toEqual(first);
  const { id } = first.json.insight;
  expect((await send('GET', `/v2/insights/${id}`, undefined, key('a'))).json.insight.title).toBe('One');
  expect((await send('DELETE', `/v2/insights/${id}`, undefined, key('a'))).status).toBe(200);
  expect((await send('DELETE', `/v2/insights/${id}`, undefined, key('a'))).status).toBe(200);
  expect((await send('DELETE', `/v2/insights/${id}`, undefined, key('b'))).status).toBe(404);
  expect((await send('GET', `/v2/insights/${id}`, undefined, key('a'))).json.insight.title).toBe('One');
});

test('a failure is repeated as well, so that only a new key can mend it', async () => {
  const { send } = await open();
  expect((await send('POST', '/v2/insights', { status: 'gone' }, key('a'))).status).toBe(400);
  expect((await send('POST', '/v2/insights', { status: 'new' }, key('a'))).status).toBe(400);
  expect((await send('POST', '/v2/insights', { status: 'new' }, key('b'))).status).toBe(200);
});

const request = (path: string, headers: Record<string, string>) => ({
  method: 'POST',
  path,
  params: {},
  query: new URLSearchParams(),
  headers,
  body: '',
  url: '',
});

test('two requests with one key at the same time have one effect', async () => {
  const begun: (() => void)[] = [];
  const route: SandboxRoute = {
    method: 'POST',
    path: '/v2/views',
    handle: () => new Promise((resolve) => begun.push(() => resolve({ json: { id: 'one' } }))),
  };
  const [once] = answeredOnce([route]);
  const both = [1, 2].map(() => once?.handle(request('/v2/views', key('a'))));
  for (const end of begun) end();
  expect(await Promise.all(both)).toEqual([{ json: { id: 'one' } }, { json: { id: 'one' } }]);
  expect(begun).toHaveLength(1);
});

test.each([
  ['/v2/billing/costs', 2],
  ['/v2/optimize/comments', 2],
  ['/unit-cost/v1/telemetry/metric/a/sum', 2],
  ['/events/v1/events', 2],
  ['/v2/budgets', 1],
])('of two requests at %s with one key in a namespace, %i have an effect', async (path, expected) => {
  let effects = 0;
  const handle = () => {
    effects += 1;
    return {};
  };
  const routes = answeredOnce(inNamespaces(new VirtualClock(), () => [{ method: 'POST', path, handle }]));
  for (let time = 0; time < 2; time += 1) {
    await routes[0]?.handle(request(path, { ...key('a'), ...testKey('t') }));
  }
  expect(effects).toBe(expected);
});

test('what is done under a test key leaves the live data as they are, and is gone after an hour', async () => {
  const { send, clock } = await open();
  const titles = async (headers: Record<string, string> = {}) =>
    (await send('GET', '/v2/insights', undefined, headers)).json.insights.map(({ title }: { title: string }) => title);
  const before = await titles();
  await send('POST', '/v2/insights', { title: 'Mine' }, testKey('t'));
  await send('DELETE', '/v2/insights/insight-7919', undefined, testKey('t'));
  expect(await titles()).toEqual(before);
  expect(await titles(testKey('t'))).toContain('Mine');
  expect(await titles(testKey('other'))).not.toContain('Mine');
  await clock.advance(3_600_000);
  expect(await titles(testKey('t'))).not.toContain('Mine');
});
