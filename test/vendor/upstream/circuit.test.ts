import { describe, expect, test } from 'vitest';
import type { CircuitState } from '../../../src/vendor/upstream/call/events.ts';
import { createCircuit, type Verdict } from '../../../src/vendor/upstream/circuit.ts';
import { VirtualClock } from '../../support/clock.ts';
import { failureOf, kindOf, openRig } from './rig.ts';
import { good, hang, status } from './vendor-stub.ts';

const setUp = () => {
  const clock = new VirtualClock();
  const changes: CircuitState[] = [];
  const circuit = createCircuit(clock, (state) => changes.push(state));
  const pass = (verdict: Verdict): boolean => {
    const admission = circuit.admit();
    if (admission.admitted) admission.settle(verdict);
    return admission.admitted;
  };
  const times = (count: number, verdict: Verdict) => {
    for (let turn = 0; turn < count; turn += 1) pass(verdict);
  };
  return { clock, changes, circuit, pass, times };
};

describe('the circuit', () => {
  test('opens after five failures in a row, not after four and an answer', () => {
    const { circuit, times } = setUp();
    times(4, 'failed');
    times(1, 'answered');
    times(4, 'failed');
    expect(circuit.state()).toBe('closed');
    times(1, 'failed');
    expect(circuit.state()).toBe('open');
    expect(circuit.admit()).toEqual({ admitted: false, waitMs: 30_000 });
  });

  test('opens when half of ten calls in thirty seconds failed, and forgets older ones', async () => {
    const { circuit, times, clock } = setUp();
    for (let turn = 0; turn < 4; turn += 1) {
      times(1, 'failed');
      times(1, 'answered');
    }
    times(1, 'answered');
    await clock.advance(31_000);
    times(1, 'failed');
    expect(circuit.state()).toBe('closed');
    for (let turn = 0; turn < 5; turn += 1) {
      times(1, 'answered');
      times(1, 'failed');
    }
    expect(circuit.state()).toBe('open');
  });

  test('what tells nothing counts for nothing', () => {
    const { circuit, times } = setUp();
    times(4, 'failed');
    times(50, 'unknown');
    expect(circuit.state()).toBe('closed');
    times(1, 'failed');
    expect(circuit.state()).toBe('open');
  });

  test('lets one probe through; a failed one opens it for longer, up to five minutes, a good one closes it', async () => {
    const { circuit, clock, changes, times } = setUp();
    times(5, 'failed');
    for (const waitMs of [
      30_000, 60_000, 90_000, 120_000, 150_000, 180_000, 210_000, 240_000, 270_000, 300_000, 300_000,
    ]) {
      expect(circuit.admit()).toEqual({ admitted: false, waitMs });
      await clock.advance(waitMs);
      const probe = circuit.admit();
      expect(probe).toMatchObject({ admitted: true, probing: true });
      expect(circuit.admit()).toEqual({ admitted: false, waitMs: 1000 });
      if (probe.admitted) probe.settle('failed');
    }
    await clock.advance(300_000);
    times(1, 'answered');
    expect(circuit.state()).toBe('closed');
    times(5, 'failed');
    expect(circuit.admit()).toEqual({ admitted: false, waitMs: 30_000 });
    expect(changes.slice(0, 3)).toEqual(['open', 'half-open', 'open']);
  });

  test('a probe that learns nothing gives its place to the next', async () => {
    const { circuit, clock, times, pass } = setUp();
    times(5, 'failed');
    await clock.advance(30_000);
    expect(pass('unknown')).toBe(true);
    expect(circuit.state()).toBe('half-open');
    expect(pass('answered')).toBe(true);
    expect(circuit.state()).toBe('closed');
  });

  test('a call from before the opening says nothing about what is now', async () => {
    const { circuit, clock, times } = setUp();
    const early = circuit.admit();
    times(5, 'failed');
    await clock.advance(30_000);
    const probe = circuit.admit();
    if (early.admitted) early.settle('failed');
    expect(circuit.state()).toBe('half-open');
    if (probe.admitted) probe.settle('answered');
    expect(circuit.state()).toBe('closed');
  });
});

describe('the circuit in the chain', () => {
  const failing = async (options: Parameters<typeof openRig>[0] = {}) => {
    const rig = await openRig({ clock: new VirtualClock(), ...options });
    rig.stub.answer(status(500));
    for (let turn = 0; turn < 5; turn += 1) await kindOf(rig.get('/x', { attemptsMax: 1 }));
    return rig;
  };

  test('while it is open nothing is asked, and the wait is named (A16)', async () => {
    const rig = await failing();
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe('circuit-open');
    expect(failure.details.retryAfterMs).toBe(30_000);
    expect(rig.stub.seen).toHaveLength(5);
    expect(rig.events.at(-1)).toEqual({ kind: 'circuit', origin: 'api', state: 'open' });
  });

  test('one origin’s failures do not close another', async () => {
    const rig = await failing({ origins: (url) => ({ api: url, other: url }) });
    rig.stub.answer(good);
    expect((await rig.get('/x', { origin: 'other' })).status).toBe(200);
    expect(await kindOf(rig.get('/x'))).toBe('circuit-open');
  });

  test('of twenty at once one is the probe (A16)', async () => {
    const rig = await failing();
    rig.stub.answer(good);
    await rig.clock.advance(30_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => rig.get()));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(rig.stub.seen).toHaveLength(6);
    expect((await rig.get()).status).toBe(200);
  });

  test('a probe that hangs until the deadline opens it again, and its place is free (A17)', async () => {
    const rig = await failing();
    await rig.clock.advance(30_000);
    rig.stub.answer(hang);
    const outcome = kindOf(rig.get('/x', {}, { deadline: 30_500 }));
    await rig.stub.saw(6);
    await rig.clock.advance(500);
    expect(await outcome).toBe('deadline-exceeded');
    expect((await failureOf(rig.get())).details.retryAfterMs).toBe(60_000);
    await rig.clock.advance(60_000);
    rig.stub.answer(good);
    expect((await rig.get()).status).toBe(200);
  });

  test('a probe whose caller leaves early only frees its place', async () => {
    const rig = await failing();
    await rig.clock.advance(30_000);
    rig.stub.answer(hang);
    const controller = new AbortController();
    const outcome = kindOf(rig.get('/x', {}, { signal: controller.signal }));
    await rig.stub.saw(6);
    controller.abort();
    await outcome;
    rig.stub.answer(good);
    expect((await rig.get()).status).toBe(200);
  });

  test.each([400, 401, 403, 404, 302])('answers of %i do not open it (A5)', async (code) => {
    const rig = await openRig({ clock: new VirtualClock() });
    rig.stub.answer(status(code));
    for (let turn = 0; turn < 8; turn += 1) {
      await kindOf(rig.get());
      await rig.clock.advance(60_000);
    }
    expect((await rig.upstream.state()).circuit).toBe('closed');
  });

  test('a throttle does not open it (D5)', async () => {
    const rig = await openRig({ clock: new VirtualClock() });
    rig.stub.answer(status(503, '', { 'retry-after': '10' }));
    for (let turn = 0; turn < 8; turn += 1) {
      expect(await kindOf(rig.get())).toBe('vendor-throttled');
      await rig.clock.advance(10_000);
    }
    expect(rig.stub.seen).toHaveLength(8);
    expect((await rig.upstream.state()).circuit).toBe('closed');
  });

  test('a reset closes it', async () => {
    const rig = await failing();
    rig.stub.answer(good);
    await rig.upstream.reset();
    expect((await rig.get()).status).toBe(200);
  });
});
