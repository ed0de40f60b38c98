import { describe, expect, test } from 'vitest';
import { pinnedClock } from '../support/pinned-clock.ts';
import { type FaultRig, oneCall, otherMonths, passing, startFaultRig, startFaultRigOn, until } from './rig.ts';

const [october = '', september = ''] = otherMonths;

const deadlineOf = 3_000;
const inTime = { 'x-deadline-ms': String(deadlineOf) };

describe('a vendor that does not answer', () => {
  test('B1 cold: 504 at the deadline of the caller, not later, while the vendor is asked on', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.sandbox.faults.set([{ kind: 'hang' }]);
    const begun = clock.monotonic();
    const answer = await passing(clock, 100, ask(oneCall, inTime));
    expect([answer.status, answer.problem]).toEqual([504, 'deadline-exceeded']);
    expect(clock.monotonic() - begun).toBeGreaterThanOrEqual(deadlineOf);
    expect(clock.monotonic() - begun).toBeLessThanOrEqual(deadlineOf + 250);
    expect(vendor.calls()).toBe(1);
  });

  test('B1 warm and due: what is held is served at once, the refresh goes on behind', async () => {
    const { ask, vendor, clock, dueMs } = await startFaultRig();
    await ask();
    await clock.advance(dueMs);
    vendor.sandbox.faults.set([{ kind: 'hang' }]);
    const before = clock.monotonic();
    expect((await ask()).status).toBe(200);
    expect(clock.monotonic()).toBe(before);
    await until(() => vendor.calls() === 2);
  });

  test('B1 warm and expired: stale at the deadline at the latest', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    await ask();
    await clock.advance(expiredMs);
    vendor.sandbox.faults.set([{ kind: 'hang' }]);
    const answer = await passing(clock, 100, ask(oneCall, inTime));
    expect([answer.status, answer.body.meta.providers[0]?.status]).toEqual([200, 'stale']);
    expect(vendor.calls()).toBe(2);
  });

  test('B1 no attempt outlives the time that one may take, and no more than three are made', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.sandbox.faults.set([{ kind: 'hang' }]);
    await passing(clock, 500, ask());
    for (let minute = 0; minute < 5; minute += 1) await clock.advance(60_000);
    expect(vendor.calls()).toBeLessThanOrEqual(3);
  });
});

describe('an answer that comes in drops, or not whole', () => {
  test('B2 one byte at a time is no answer, however lively the line', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.line.set({ slices: { bytes: 1, everyMs: 20 } });
    const answer = await passing(clock, 500, ask(oneCall, inTime));
    expect([answer.status, answer.problem]).toEqual([504, 'deadline-exceeded']);
  });

  test.each([
    { fault: 'closed in order after half of it', toxics: { closeAfterBytes: 700 } },
    { fault: 'reset after half of it', toxics: { resetAfterBytes: 700 } },
    { fault: 'closed within its headers', toxics: { closeAfterBytes: 40 } },
  ])('B3, B4 $fault: tried again, never read, never kept', async ({ toxics }) => {
    const { ask, vendor, clock } = await startFaultRig();
    vendor.line.set(toxics);
    const answer = await ask();
    expect([answer.status, answer.problem]).toEqual([502, 'vendor-unavailable']);
    expect(vendor.calls()).toBeLessThanOrEqual(3);
    vendor.line.heal();
    await clock.advance(5_000);
    expect((await ask()).body.meta.complete).toBe(true);
  });

  test('B5 more than 32 MiB: given up, once, and not kept in memory', async () => {
    const { ask, vendor } = await startFaultRig();
    vendor.sandbox.faults.set([{ kind: 'body', body: `{"instances":["${'x'.repeat(34 * 1024 * 1024)}"]}` }]);
    const answer = await ask();
    expect([answer.status, answer.problem]).toEqual([502, 'vendor-too-large']);
    expect(vendor.calls()).toBe(1);
  });

  test('B8 one day of several hangs: its range is missing by name, and no total passes for the whole', async () => {
    const { ask, vendor, clock } = await startFaultRig();
    const days = 'granularity=daily&start=2026-11-02&end=2026-11-06';
    vendor.sandbox.faults.set([{ kind: 'hang', times: 1 }]);
    const answer = await passing(clock, 200, ask(days, inTime));
    expect(answer.body.meta.complete).toBe(false);
    expect(answer.text).not.toContain('"complete":true');
    expect([200, 504]).toContain(answer.status);
  });
});

describe('a caller and a vendor that miss each other', () => {
  const listening = async (): Promise<FaultRig<ReturnType<typeof pinnedClock>> & { url: string }> => {
    // An app that listens checks its connections: this vendor's billing history, which is not counted below.
    const rig = await startFaultRigOn(pinnedClock(), {});
    return { ...rig, url: await rig.app.server.listen({ host: '127.0.0.1', port: 0 }) };
  };

  test('B7 the caller leaves: the fetch goes on, others who wait get it, and the next one finds it', async () => {
    const { url, vendor, ask } = await listening();
    vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 150 }]);
    const leaving = new AbortController();
    const left = fetch(`${url}/v1/costs?${october}`, { signal: leaving.signal }).catch(() => 'left');
    await until(() => vendor.calls('/api/v1/') === 1);
    const staying = ask(october);
    leaving.abort();
    expect(await left).toBe('left');
    expect((await staying).status).toBe(200);
    expect((await ask(october)).status).toBe(200);
    expect(vendor.calls('/api/v1/')).toBe(1);
  });

  test('B9 the vendor answers after the caller was told no: the answer is kept for the next one', async () => {
    const { vendor, ask } = await listening();
    vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 200 }]);
    expect((await ask(september, { 'x-deadline-ms': '50' })).status).toBe(504);
    expect((await ask(september)).status).toBe(200);
    expect(vendor.calls('/api/v1/')).toBe(1);
  });
});
