import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { createLedger } from '../../../src/vendor/quota/ledger.ts';
import { VirtualClock } from '../../support/clock.ts';
import { defaultLimits, failureOf, kindOf, openRig } from './rig.ts';
import { openTokenVendor } from './tokens/token-vendor.ts';
import { good, hang, inTurn, reset, status } from './vendor-stub.ts';

describe('the state of a connection', () => {
  test('before anything was asked nothing is known', async () => {
    const rig = await openRig();
    expect(await rig.upstream.state()).toEqual({
      circuit: 'closed',
      pausedUntil: null,
      pauseReason: null,
      token: null,
      quotas: [],
      lastSuccessAt: null,
      lastFailure: null,
      health: 'unknown',
    });
    expect(rig.upstream.proven()).toBe(false);
  });

  test('names the last success and the last failure, and mends with the next success', async () => {
    const rig = await openRig({ clock: new VirtualClock('2026-11-21T10:00:00Z') });
    await rig.get();
    await rig.clock.advance(60_000);
    rig.stub.answer(status(403));
    await kindOf(rig.get());
    expect(await rig.upstream.state()).toMatchObject({
      lastSuccessAt: '2026-11-21T10:00:00Z',
      lastFailure: { kind: 'permission-missing', at: '2026-11-21T10:01:00Z' },
      health: 'degraded',
    });
    rig.stub.answer(good);
    await rig.clock.advance(1000);
    await rig.get();
    expect(await rig.upstream.state()).toMatchObject({ lastSuccessAt: '2026-11-21T10:01:01Z', health: 'ok' });
  });

  test.each([400, 404])('a %i to one request is no illness, and no proof that the connection works', async (code) => {
    const rig = await openRig();
    rig.stub.answer(status(code));
    await kindOf(rig.get());
    expect(await rig.upstream.state()).toMatchObject({ lastFailure: null, health: 'unknown' });
    rig.stub.answer(good);
    await rig.get();
    rig.stub.answer(status(code));
    await kindOf(rig.get());
    expect(await rig.upstream.state()).toMatchObject({ lastFailure: null, health: 'ok' });
    expect(rig.upstream.proven()).toBe(true);
  });

  test('an open circuit is down, a pause is degraded', async () => {
    const clock = new VirtualClock('2026-11-21T10:00:00Z');
    const rig = await openRig({ clock });
    rig.stub.answer(status(429, '', { 'retry-after': '600' }));
    await kindOf(rig.get());
    expect(await rig.upstream.state()).toMatchObject({ pausedUntil: '2026-11-21T10:10:00Z', health: 'degraded' });
    await clock.advance(600_000);
    rig.stub.answer(status(500));
    for (let turn = 0; turn < 5; turn += 1) await kindOf(rig.get('/x', { attemptsMax: 1 }));
    expect(await rig.upstream.state()).toMatchObject({ circuit: 'open', pausedUntil: null, health: 'down' });
    await clock.advance(30_000);
    expect(await rig.upstream.state()).toMatchObject({ circuit: 'half-open', health: 'degraded' });
  });

  test('a token is shown by its end, never by itself, and is known from the store after a restart', async () => {
    const clock = new VirtualClock('2026-11-21T10:00:00Z');
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    const rig = await vendor.connect({ clock, store });
    expect((await rig.upstream.state()).token).toEqual({ state: 'none', expiresAt: null });
    await rig.get();
    const restarted = await vendor.connect({ clock, store });
    for (const { upstream } of [rig, restarted])
      expect((await upstream.state()).token).toEqual({ state: 'valid', expiresAt: '2026-11-21T11:00:00Z' });
    expect(vendor.stub.seen).toHaveLength(2);
  });

  test('asking for the state costs no call and no quota', async () => {
    const quotas = [{ name: 'q', limit: 2, windowMs: 1000 }];
    const rig = await openRig({ limits: { quotas } });
    for (let turn = 0; turn < 5; turn += 1) await rig.upstream.state();
    expect(rig.stub.seen).toHaveLength(0);
    expect((await rig.upstream.state()).quotas).toMatchObject([{ spent: 0 }]);
  });
});

describe('the whole chain', () => {
  test('every failure of every kind is a Failure', async () => {
    for (const fault of [status(500), status(429), reset, status(302), status(200, 'x')]) {
      const rig = await openRig();
      rig.stub.answer(fault);
      expect((await failureOf(rig.get())).details.public).not.toBe('');
    }
  });

  test('each attempt is reported with how it ended', async () => {
    const rig = await openRig();
    rig.stub.answer(inTurn(status(500), good));
    await rig.get();
    expect(rig.events.map((event) => (event.kind === 'call' ? event.outcome : event.kind))).toEqual([
      'vendor-unavailable',
      'retry',
      200,
    ]);
  });

  test('a connection’s quota is filed under its storage key', async () => {
    const quotas = [{ name: 'q', limit: 3, windowMs: 1000 }];
    const rig = await openRig({ clock: new VirtualClock(), limits: { ...defaultLimits, quotas }, storageKey: 'mine' });
    await rig.get('/x', { quota: 'q' });
    const ledger = createLedger({ store: rig.store, clock: rig.clock, owner: 'mine', quotas });
    expect((await ledger.state())[0]?.spent).toBe(1);
  });

  test('closing ends what is under way, and what comes later is refused', async () => {
    const rig = await openRig();
    rig.stub.answer(hang);
    const under = kindOf(rig.get());
    await rig.stub.saw(1);
    await rig.upstream.close();
    expect(await under).toBe('not-ready');
    expect(await kindOf(rig.get())).toBe('not-ready');
    await rig.upstream.close();
    expect(rig.stub.seen).toHaveLength(1);
  });
});
