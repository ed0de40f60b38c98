import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { type Answer, getFrom, hour, oneCall, otherMonths, startFaultRig, startFaultRigOn } from './rig.ts';

const throttle = (retryAfter?: string, more: Partial<SandboxFault> = {}): SandboxFault => ({
  kind: 'throttle',
  retryAfter,
  ...more,
});
const waitOf = (answer: Answer): number => Number(answer.headers['retry-after']);
const [october = '', september = ''] = otherMonths;

/** A date is measured against the vendor's own: the sandbox's is the real one. */
describe('a vendor that asks for fewer requests', () => {
  test('D1 for two seconds: a cold read waits that long, and asks once more', async () => {
    const { ask, vendor } = await startFaultRig();
    vendor.sandbox.faults.set([throttle('2', { times: 1 })]);
    expect((await ask()).status).toBe(200);
    expect(vendor.calls()).toBe(2);
    const [first, second] = vendor.sandbox.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2000);
  });

  test('D1 for longer than a caller waits: 429 with what is left, to everybody, without another call', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.sandbox.faults.set([throttle('600')]);
    const answer = await ask();
    expect([answer.status, answer.problem]).toEqual([429, 'vendor-throttled']);
    expect(waitOf(answer)).toBe(600);
    await clock.advance(100_000);
    for (const query of otherMonths) {
      const other = await ask(query);
      expect(other.status).toBe(429);
      expect(waitOf(other)).toBeLessThanOrEqual(500);
    }
    expect(vendor.calls()).toBe(1);
  });

  test('D1 warm: what is held is served', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    await ask();
    await clock.advance(expiredMs);
    vendor.sandbox.faults.set([throttle('600')]);
    const answer = await ask();
    expect([answer.status, answer.body.meta.providers[0]?.status]).toEqual([200, 'stale']);
    expect(answer.body.meta.providers[0]?.problem?.type).toBe('/problems/vendor-throttled');
  });

  test.each([
    { form: 'an HTTP date', text: 'Sat, 21 Nov 2026 10:10:00 GMT', from: 500, to: 601 },
    { form: 'a date of RFC 850', text: 'Saturday, 21-Nov-26 10:10:00 GMT', from: 1, to: 601 },
    { form: 'a date in the past', text: 'Sat, 21 Nov 2020 10:00:00 GMT', from: 1, to: 2 },
    { form: 'nothing', text: undefined, from: 1, to: 3 },
    { form: 'a negative number', text: '-5', from: 1, to: 3 },
    { form: 'letters', text: 'abc', from: 1, to: 3 },
    { form: 'infinity', text: 'Infinity', from: 1, to: 86_400 },
    { form: 'a number beyond every timer', text: '99999999999', from: 86_399, to: 86_400 },
  ])(
    'D2, D3, D4, B10 saying when with $form: a pause of a bounded length, and no hot loop',
    async ({ text, from, to }) => {
      const { ask, vendor } = await startFaultRig();
      vendor.sandbox.faults.set([throttle(text)]);
      const answer = await ask();
      expect(answer.status).toBe(429);
      expect(waitOf(answer)).toBeGreaterThanOrEqual(from);
      expect(waitOf(answer)).toBeLessThanOrEqual(to);
      expect(vendor.calls()).toBeLessThanOrEqual(2);
    },
  );

  test('D3 each throttle that names no time doubles the wait, up to a minute', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.sandbox.faults.set([throttle()]);
    const begun = clock.monotonic();
    for (let round = 0; round < 400; round += 1) {
      await ask(otherMonths[round % otherMonths.length]);
      await clock.advance(1_000);
    }
    const minutes = (clock.monotonic() - begun) / 60_000;
    expect(vendor.calls()).toBeLessThanOrEqual(8 + minutes * 1.4);
  });

  test('D5 503 with Retry-After is a pause, not a failure: the circuit stays closed', async () => {
    const { ask, vendor, app } = await startFaultRig();
    vendor.sandbox.faults.set([throttle('600', { status: 503 })]);
    for (const query of otherMonths) expect((await ask(query)).status).toBe(429);
    const [provider] = (await getFrom(app, '/v1/providers')).body.data;
    expect(provider).toMatchObject({ circuit: 'closed', health: 'degraded' });
    expect(provider?.pausedUntil).toBe('2026-11-21T10:10:00Z');
    expect(vendor.calls()).toBe(1);
  });

  test('D9 a hundred callers that want nothing kept do not drive the vendor', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    await ask();
    await clock.advance(60_000);
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(oneCall, { 'cache-control': 'no-cache' })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(vendor.calls()).toBe(2);
  });
});

describe('a quota', () => {
  test('D6 is never exceeded, over replicas, restarts and a day of asking', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const settings = { costQueriesPerDay: '5' };
    const first = await startFaultRigOn(clock, { vendors: ['cloudzero'], store, settings });
    const others = await Promise.all(
      [1, 2, 3].map(() => startFaultRigOn(clock, { vendors: ['cloudzero'], store, settings, shared: first.vendors })),
    );
    const spent = () => first.vendor.callsTo('/v2/billing/costs');
    for (const query of otherMonths) await Promise.all([first, ...others].map(({ ask }) => ask(query)));
    expect(spent()).toBe(5);
    const restarted = await startFaultRigOn(clock, { vendors: ['cloudzero'], store, settings, shared: first.vendors });
    const refused = await restarted.ask(otherMonths[7]);
    expect([refused.status, refused.problem]).toEqual([429, 'quota-exhausted']);
    expect(waitOf(refused)).toBeGreaterThan(86_000);
    await clock.advance(23 * hour);
    await restarted.ask(otherMonths[6]);
    expect(spent()).toBe(5);
    await clock.advance(hour + 60_000);
    expect((await restarted.ask(otherMonths[6])).status).toBe(200);
  });
});

describe('a token endpoint that refuses for a while', () => {
  test.each([400, 200])(
    'D7 Access Denied with %i: ten minutes without a token request, and what is held is served',
    async (status) => {
      const { ask, vendor, clock, expiredMs } = await startFaultRig({ vendors: ['cloudspend'] });
      await ask();
      await clock.advance(expiredMs);
      vendor.sandbox.faults.set([{ kind: 'throttle', path: '/oauth', status }]);
      const before = vendor.callsTo('/oauth');
      expect((await ask()).status).toBe(200);
      const cold = await ask(october);
      expect(cold.status).toBe(429);
      expect(waitOf(cold)).toBeLessThanOrEqual(660);
      for (let minute = 0; minute < 9; minute += 1) {
        await clock.advance(60_000);
        await ask(september);
      }
      expect(vendor.callsTo('/oauth') - before).toBe(1);
    },
  );

  test.each([400, 200])(
    'D8 a lock of one operation, sent with %i, stops that one for its time and no other',
    async (status) => {
      const { ask, vendor, app, clock } = await startFaultRig({ vendors: ['cloudspend'] });
      await ask(september);
      vendor.sandbox.faults.set([{ kind: 'throttle', path: '/cs/api/cost/sankey_chart_data', status }]);
      const locked = await ask(october);
      expect(locked.status).toBe(429);
      expect(waitOf(locked)).toBeGreaterThan(1_200);
      const before = vendor.callsTo('/cs/api/cost/sankey_chart_data');
      await clock.advance(10 * 60_000);
      await ask(october);
      expect(vendor.callsTo('/cs/api/cost/sankey_chart_data')).toBe(before);
      expect((await getFrom(app, '/v1/accounts')).status).toBe(200);
    },
  );
});

describe('eight replicas', () => {
  test('D10, D11 one is throttled: all obey; a store that forgot it is told again by one refusal a replica at most', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const first = await startFaultRigOn(clock, { store });
    const replicas = [first];
    for (let index = 1; index < 8; index += 1) {
      replicas.push(await startFaultRigOn(clock, { store, shared: first.vendors }));
    }
    first.vendor.sandbox.faults.set([throttle('600')]);
    await first.ask();
    for (const { ask } of replicas) for (const query of otherMonths) expect((await ask(query)).status).toBe(429);
    expect(first.vendor.calls()).toBe(1);
    for (const key of await store.keys('', 1000)) await store.delete(key);
    await clock.advance(5_000);
    for (const { ask } of replicas) for (const query of otherMonths) await ask(query);
    expect(first.vendor.calls()).toBeLessThanOrEqual(1 + replicas.length);
  });
});
