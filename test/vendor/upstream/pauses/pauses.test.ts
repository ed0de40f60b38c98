import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import type { Store } from '../../../../src/store/store.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { failureOf, HastyClock, kindOf, openRig, openStub } from '../rig.ts';
import { good, inTurn, json, status } from '../vendor-stub.ts';

const slowDown = (retryAfter?: string, code = 429) =>
  status(code, '', retryAfter === undefined ? {} : { 'retry-after': retryAfter });

describe('a vendor that asks to be left alone', () => {
  test('a short pause is waited for, once, if it fits the deadline (D1)', async () => {
    const rig = await openRig();
    rig.stub.answer(inTurn(slowDown('2'), good));
    expect((await rig.get('/x', {}, { deadline: 10_000 })).status).toBe(200);
    expect(rig.clock.monotonic()).toBeGreaterThanOrEqual(2000);
    expect(rig.stub.seen).toHaveLength(2);
  });

  test('it is waited for once, not twice', async () => {
    const rig = await openRig();
    rig.stub.answer(slowDown('2'));
    expect(await kindOf(rig.get())).toBe('vendor-throttled');
    expect(rig.stub.seen).toHaveLength(2);
  });

  test('a pause that does not fit is said at once, and nothing is sent inside it by anybody (D1)', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const rig = await openRig({ clock, store });
    const replica = await openRig({ clock, store, stub: rig.stub });
    rig.stub.answer(inTurn(slowDown('60'), good));
    expect((await failureOf(rig.get('/x', {}, { deadline: 1000 }))).details.retryAfterMs).toBe(60_000);
    await clock.advance(20_000);
    for (const other of [rig, replica]) {
      for (const operation of ['list-costs', 'list-budgets']) {
        const failure = await failureOf(other.get('/x', { operation }));
        expect(failure.kind).toBe('vendor-throttled');
        expect(failure.details.retryAfterMs).toBe(40_000);
      }
    }
    expect(rig.stub.seen).toHaveLength(1);
    await clock.advance(40_000);
    expect((await replica.get()).status).toBe(200);
    expect((await rig.get()).status).toBe(200);
  });

  test('it outlives a restart', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const before = await openRig({ clock, store });
    before.stub.answer(inTurn(slowDown('60'), good));
    await kindOf(before.get());
    await clock.advance(30_000);
    const after = await openRig({ clock, store, stub: before.stub });
    expect((await failureOf(after.get())).details.retryAfterMs).toBe(30_000);
    expect(before.stub.seen).toHaveLength(1);
  });

  test('a date is measured by the vendor’s clock (D2)', async () => {
    const rig = await openRig({ clock: new VirtualClock() });
    rig.stub.answer(
      status(429, '', { date: 'Sat, 21 Nov 2026 13:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 13:01:00 GMT' }),
    );
    expect((await failureOf(rig.get())).details.retryAfterMs).toBe(60_000);
  });

  test('without a time the pause doubles up to a minute, and an answer begins anew (D3)', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock });
    const pauses: (number | undefined)[] = [];
    rig.stub.answer(slowDown());
    for (let turn = 0; turn < 8; turn += 1) {
      const { retryAfterMs } = (await failureOf(rig.get('/x', { attemptsMax: 1 }))).details;
      pauses.push(retryAfterMs);
      await clock.advance(retryAfterMs ?? 0);
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
    rig.stub.answer(good);
    await rig.get();
    rig.stub.answer(slowDown());
    expect((await failureOf(rig.get('/x', { attemptsMax: 1 }))).details.retryAfterMs).toBe(1000);
  });

  test('calls that were throttled together double it once', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { concurrency: 4 } });
    const answers: (() => void)[] = [];
    rig.stub.answer((request, response) => answers.push(() => slowDown()(request, response)));
    const together = Promise.all(Array.from({ length: 4 }, () => failureOf(rig.get('/x', { attemptsMax: 1 }))));
    await rig.stub.saw(4);
    await clock.advance(1);
    for (const answer of answers) answer();
    for (const failure of await together) expect(failure.details.retryAfterMs).toBeLessThanOrEqual(1000);
  });

  test('one that was sent before a pause and is throttled after it does not double it either', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock });
    let late = () => {};
    rig.stub.answer((request, response) => {
      if (request.index === 0) late = () => slowDown()(request, response);
      else slowDown()(request, response);
    });
    const early = failureOf(rig.get('/x', { attemptsMax: 1 }));
    await rig.stub.saw(1);
    await clock.advance(1);
    await kindOf(rig.get('/x', { attemptsMax: 1 }));
    await clock.advance(1000);
    late();
    expect((await early).details.retryAfterMs).toBe(1000);
  });

  test.each([
    ['99999999999', 86_400_000],
    ['-5', 1000],
    ['1.5', 1000],
    ['abc', 1000],
    ['Infinity', 1000],
    ['0', 1000],
  ])('Retry-After "%s" is a pause of %i ms, neither a hot loop nor for ever (D4)', async (retryAfter, pauseMs) => {
    const rig = await openRig({ clock: new VirtualClock() });
    rig.stub.answer(slowDown(retryAfter));
    expect((await failureOf(rig.get('/x', { attemptsMax: 1 }))).details.retryAfterMs).toBe(pauseMs);
    const { pausedUntil, pauseReason, health } = await rig.upstream.state();
    expect(pausedUntil).not.toBeNull();
    expect(pauseReason).not.toBeNull();
    expect(health).toBe('degraded');
    rig.stub.answer(good);
    await rig.upstream.reset();
    expect((await rig.get()).status).toBe(200);
  });

  test('503 with a time is a pause, without one a failure (D5)', async () => {
    const rig = await openRig();
    rig.stub.answer(slowDown('30', 503));
    expect(await kindOf(rig.get())).toBe('vendor-throttled');
    expect(rig.stub.seen).toHaveLength(1);
    const other = await openRig();
    other.stub.answer(slowDown(undefined, 503));
    expect(await kindOf(other.get())).toBe('vendor-unavailable');
  });

  test('a throttle of one operation leaves the others alone (D8)', async () => {
    const rig = await openRig({
      readFailure: (reply) =>
        JSON.stringify(reply.json).includes('ROLLING')
          ? new Failure('vendor-throttled', { public: 'wait', retryAfterMs: 22 * 60_000, pauses: 'operation' })
          : null,
    });
    rig.stub.answer((request, response) =>
      json(response, 200, request.target.includes('locked') ? { code: 'ROLLING' } : { ok: true }),
    );
    expect(await kindOf(rig.get('/locked', { operation: 'locked' }))).toBe('vendor-throttled');
    expect((await failureOf(rig.get('/locked', { operation: 'locked' }))).details.retryAfterMs).toBe(22 * 60_000);
    expect((await rig.get('/free', { operation: 'free' })).status).toBe(200);
    expect(rig.stub.seen).toHaveLength(2);
    expect((await rig.upstream.state()).pauseReason).toBe('locked: wait');
  });

  test('a reset reaches the other replicas and pauses that this one never met', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const left = await openRig({
      clock,
      store,
      readFailure: (_reply, { operation }) =>
        operation === 'locked/op'
          ? new Failure('vendor-throttled', { public: 'w', pauses: 'operation', retryAfterMs: 60_000 })
          : null,
    });
    const right = await openRig({ clock, store, stub: left.stub });
    left.stub.answer(inTurn(good, slowDown('60'), good));
    await kindOf(left.get('/x', { operation: 'locked/op' }));
    await kindOf(left.get('/x', { operation: 'other' }));
    await right.upstream.reset();
    await clock.advance(1000);
    expect((await left.get('/x', { operation: 'other' })).status).toBe(200);
    expect((await right.get('/x', { operation: 'locked/op' })).status).toBe(200);
    expect((await left.upstream.state()).pausedUntil).toBeNull();
  });

  test('a wall clock that jumps neither ends nor prolongs a pause (E8, K8)', async () => {
    for (const jump of [-3_600_000, 3_600_000]) {
      const clock = new VirtualClock();
      const rig = await openRig({ clock });
      rig.stub.answer(inTurn(slowDown('60'), good));
      await kindOf(rig.get());
      clock.jump(jump);
      await clock.advance(59_000);
      expect((await failureOf(rig.get('/x', { attemptsMax: 1 }))).details.retryAfterMs).toBe(1000);
      await clock.advance(1000);
      expect((await rig.get()).status).toBe(200);
    }
  });

  test('a store that fails does not keep a pause from being obeyed here', async () => {
    const clock = new VirtualClock();
    const working = createMemoryStore(clock);
    const broken = async () => {
      throw new Error('disk full');
    };
    const store: Store = { ...working, get: broken, set: broken };
    const rig = await openRig({ clock, store });
    rig.stub.answer(inTurn(slowDown('60'), good));
    expect(await kindOf(rig.get())).toBe('vendor-throttled');
    await clock.advance(30_000);
    expect(await kindOf(rig.get())).toBe('vendor-throttled');
    expect(rig.stub.seen).toHaveLength(1);
    await clock.advance(30_000);
    expect((await rig.get()).status).toBe(200);
  });

  test('whatever the vendor sends, no call is made inside the time it named', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }), async (pauses) => {
        const clock = new HastyClock();
        const stub = await openStub();
        const rig = await openRig({ clock, stub });
        let closedUntil = 0;
        let early = 0;
        stub.answer((request, response) => {
          if (clock.monotonic() < closedUntil) early += 1;
          const pause = pauses[request.index];
          if (pause === undefined) return good(request, response);
          closedUntil = clock.monotonic() + pause * 1000;
          slowDown(String(pause))(request, response);
        });
        for (let turn = 0; turn < 12; turn += 1) {
          await rig.get().catch(() => {});
          await clock.advance(7000);
        }
        expect(early).toBe(0);
      }),
      { numRuns: 10 },
    );
  });
});
