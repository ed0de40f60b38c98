import { describe, expect, test } from 'vitest';
import { createRetryBudget } from '../../../src/vendor/upstream/retry.ts';
import { VirtualClock } from '../../support/clock.ts';
import { failureOf, HastyClock, kindOf, openRig } from './rig.ts';
import { good, hang, inTurn, json, status } from './vendor-stub.ts';

describe('retrying', () => {
  test('one 500 is not seen by the caller (A1)', async () => {
    const rig = await openRig();
    rig.stub.answer(inTurn(status(500), good));
    expect((await rig.get()).json).toEqual({ ok: true });
    expect(rig.stub.seen).toHaveLength(2);
    expect(rig.events).toContainEqual({
      kind: 'retry',
      operation: 'list-costs',
      attempt: 2,
      because: 'vendor-unavailable',
      waitMs: 25,
    });
  });

  test('the waits grow, with full jitter', async () => {
    const clock = new HastyClock();
    const rig = await openRig({ clock });
    rig.stub.answer(status(500));
    await kindOf(rig.get());
    expect(clock.slept).toEqual([25, 50]);
  });

  test('a request may ask for fewer attempts, and a write has one whatever it asks for', async () => {
    const rig = await openRig();
    rig.stub.answer(status(500));
    await kindOf(rig.get('/x', { attemptsMax: 2 }));
    expect(rig.stub.seen).toHaveLength(2);
    await kindOf(rig.get('/x', { attemptsMax: 1 }));
    expect(rig.stub.seen).toHaveLength(3);
    await kindOf(rig.post({ attemptsMax: 3 }));
    expect(rig.stub.seen).toHaveLength(4);
  });

  test('a write is sent once whatever goes wrong', async () => {
    for (const fault of [status(503), status(429, '', { 'retry-after': '1' }), status(200, '<html>')]) {
      const rig = await openRig();
      rig.stub.answer(fault);
      await kindOf(rig.post());
      expect(rig.stub.seen).toHaveLength(1);
    }
  });

  test('no retry is begun that does not fit the deadline', async () => {
    const rig = await openRig();
    rig.stub.answer(status(500));
    expect(await kindOf(rig.get('/x', {}, { deadline: 24 }))).toBe('vendor-unavailable');
    expect(rig.stub.seen).toHaveLength(1);
  });

  test('while everything fails retries stop: amplification stays small', async () => {
    const rig = await openRig();
    rig.stub.answer(status(500));
    const calls = 200;
    for (let call = 0; call < calls; call += 1) {
      await kindOf(rig.get('/x', { operation: `op-${call}` }));
      await rig.clock.advance(6000);
    }
    expect(rig.stub.seen.length).toBeLessThanOrEqual(calls * 1.1);
  });

  test('the budget ends retries even where no circuit opens', async () => {
    const rig = await openRig();
    rig.stub.answer((request, response) =>
      request.target.includes('bad') ? status(500)(request, response) : json(response, 200, {}),
    );
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await kindOf(rig.get('/bad'))).toBe('vendor-unavailable');
      await rig.get('/good');
      await rig.clock.advance(31_000);
    }
    expect(rig.stub.seen.filter((seen) => seen.target.includes('bad')).length).toBeLessThanOrEqual(20 + 6);
  });

  test('successes earn retries back, a tenth each', () => {
    const budget = createRetryBudget();
    let failures = 0;
    while (budget.allows()) {
      budget.fail();
      failures += 1;
    }
    expect(failures).toBe(5);
    for (let success = 0; success < 9; success += 1) budget.succeed();
    budget.fail();
    expect(budget.allows()).toBe(false);
    for (let success = 0; success < 11; success += 1) budget.succeed();
    expect(budget.allows()).toBe(true);
  });
});

describe('time', () => {
  test('a vendor that never answers ends at the attempt’s limit, and the attempts at the deadline (B1)', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { timeoutMs: 1000 } });
    rig.stub.answer(hang);
    const outcome = failureOf(rig.get('/x', {}, { deadline: 1500 }));
    await rig.stub.saw(1);
    await clock.advance(1000);
    await clock.advance(100);
    await rig.stub.saw(2);
    await clock.advance(400);
    expect((await outcome).kind).toBe('deadline-exceeded');
    expect(clock.monotonic()).toBe(1500);
    expect(rig.stub.seen).toHaveLength(2);
    expect(clock.waiting).toBe(0);
  });

  test('a request’s own limit goes before the connection’s', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock });
    rig.stub.answer(hang);
    const outcome = failureOf(rig.get('/x', { timeoutMs: 200, attemptsMax: 1 }));
    await rig.stub.saw(1);
    await clock.advance(200);
    expect((await outcome).kind).toBe('vendor-timeout');
  });

  test('an answer that drips is cut as one that never comes (B2)', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { timeoutMs: 1000 } });
    let dripped = 0;
    rig.stub.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => {
        dripped += 1;
        response.write(' ');
      }, 1);
      response.on('close', () => clearInterval(timer));
    });
    const outcome = failureOf(rig.get('/x', { attemptsMax: 1 }));
    await rig.stub.saw(1);
    while (dripped < 5) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1000);
    expect((await outcome).kind).toBe('vendor-timeout');
  });

  test('a deadline that has passed costs no call, nor does a caller who has left', async () => {
    const rig = await openRig();
    await rig.clock.advance(100);
    expect(await kindOf(rig.get('/x', {}, { deadline: 100 }))).toBe('deadline-exceeded');
    expect(await kindOf(rig.get('/x', {}, { signal: AbortSignal.abort() }))).toBe('deadline-exceeded');
    expect(rig.stub.seen).toHaveLength(0);
  });

  test('a caller who leaves ends the call under way, and the connection is free again', async () => {
    const rig = await openRig({ limits: { concurrency: 1 } });
    rig.stub.answer(inTurn(hang, good));
    const controller = new AbortController();
    const outcome = kindOf(rig.get('/x', {}, { signal: controller.signal }));
    await rig.stub.saw(1);
    controller.abort();
    expect(await outcome).toBe('deadline-exceeded');
    expect((await rig.get()).status).toBe(200);
  });

  test('an answer after our timeout does no harm (B9)', async () => {
    const clock = new VirtualClock();
    const rig = await openRig({ clock, limits: { timeoutMs: 100 } });
    let late = () => {};
    rig.stub.answer(
      inTurn((_request, response) => {
        late = () => json(response, 200, {});
      }, good),
    );
    const outcome = failureOf(rig.get('/x', { attemptsMax: 1 }));
    await rig.stub.saw(1);
    await clock.advance(100);
    expect((await outcome).kind).toBe('vendor-timeout');
    late();
    expect((await rig.get()).status).toBe(200);
  });

  test('a deadline beyond what a timer can hold is a far one, not one at once (B10)', async () => {
    const rig = await openRig();
    expect((await rig.get('/x', {}, { deadline: 3e9 })).status).toBe(200);
  });
});
