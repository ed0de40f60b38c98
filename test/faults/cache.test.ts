import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { hour, oneCall, startFaultRig, startFaultRigOn, until } from './rig.ts';

describe('what is held', () => {
  test('F1 a thousand equal cold reads are one call', async () => {
    const { ask, vendor } = await startFaultRig();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => ask()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(vendor.calls()).toBe(1);
  });

  test('F3 when it falls due under load, one refreshes it and nobody waits', async () => {
    const { ask, vendor, clock, dueMs } = await startFaultRig();
    await ask();
    await clock.advance(dueMs);
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await until(() => vendor.calls() === 2);
    await ask();
    expect(vendor.calls()).toBe(2);
  });

  test('F5 the same question in other words is the same question', async () => {
    const { ask, vendor } = await startFaultRig();
    const first = await ask('granularity=monthly&start=2026-10-01&end=2026-11-01&groupBy=service');
    for (const query of [
      'end=2026-11-01&start=2026-10-01&groupBy=service&granularity=monthly',
      'granularity=monthly&start=2026-10-01&end=2026-11-01&groupBy=%73ervice',
      'granularity=monthly&start=2026-10-01&end=2026-11-01&groupBy=service&costType=billed',
    ]) {
      const same = await ask(query);
      expect(same.status, query).toBe(200);
      expect(same.body.data).toEqual(first.body.data);
    }
    expect(vendor.calls()).toBe(1);
  });

  test('F5 two questions that look alike are two questions', async () => {
    const { ask } = await startFaultRig();
    const one = await ask('granularity=monthly&start=2026-10-01&end=2026-11-01&filter=service:a,b');
    const two = await ask('granularity=monthly&start=2026-10-01&end=2026-11-01&filter=service:a&filter=service:b');
    const none = await ask('granularity=monthly&start=2026-10-01&end=2026-11-01&filter=service:a%00b');
    expect([one.status, two.status]).not.toContain(500);
    expect(none.status).not.toBe(500);
  });

  test('F11 bytes in the store that are not ours, cut or of another time are bought again, never an error', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const first = await startFaultRigOn(clock, { store });
    const good = await first.ask();
    const keys = (await store.keys('', 1000)).filter((key) => !key.startsWith('quota/'));
    expect(keys.length).toBeGreaterThan(0);
    for (const foreign of ['', 'x', '{}', 'null', '[]', '{"layout":99}', '\u0000'.repeat(100)]) {
      for (const key of keys) await store.set(key, Buffer.from(foreign));
      const replica = await startFaultRigOn(clock, { store, shared: first.vendors });
      const answer = await replica.ask();
      expect(answer.status, JSON.stringify(foreign)).toBe(200);
      expect(answer.body.data).toEqual(good.body.data);
    }
  });

  test('F13 what is read later replaces what was read before, and never the other way round', async () => {
    const { ask, vendor, clock, expiredMs } = await startFaultRig();
    const first = await ask();
    await clock.advance(expiredMs);
    const second = await ask();
    expect(Date.parse(second.body.meta.providers[0]?.asOf ?? '')).toBeGreaterThan(
      Date.parse(first.body.meta.providers[0]?.asOf ?? ''),
    );
    vendor.sandbox.faults.set([{ kind: 'status', status: 500 }]);
    await clock.advance(hour);
    expect((await ask()).body.meta.providers[0]?.asOf).toBe(second.body.meta.providers[0]?.asOf);
  });

  test('F9 what is larger than all memory for it is answered and not kept', async () => {
    const { ask } = await startFaultRig({ cacheBytesMax: 1_000 });
    expect((await ask()).status).toBe(200);
    expect((await ask(oneCall)).status).toBe(200);
  });
});

describe('eight replicas over one store', () => {
  test('F2 equal cold reads at once are two calls at most', async () => {
    const clock = pinnedClock();
    const store = createMemoryStore(clock);
    const first = await startFaultRigOn(clock, { store });
    const replicas = [first];
    for (let index = 1; index < 8; index += 1) {
      replicas.push(await startFaultRigOn(clock, { store, shared: first.vendors }));
    }
    first.vendor.sandbox.faults.set([{ kind: 'latency', milliseconds: 100 }]);
    const answers = await Promise.all(replicas.flatMap(({ ask }) => Array.from({ length: 20 }, () => ask())));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(first.vendor.calls()).toBeLessThanOrEqual(2);
  });
});
