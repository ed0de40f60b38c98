import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { failureOf, HastyClock, kindOf } from '../rig.ts';
import { hang, inTurn, json, reset, status } from '../vendor-stub.ts';
import { asked, connected, hour, invalidCode, minted } from './token-vendor.ts';

describe('a token in trouble', () => {
  test('that is fresh and refused as well ends it for ten minutes (E5)', async () => {
    const { vendor, rig, clock } = await connected();
    vendor.api = status(401);
    expect(await kindOf(rig.get())).toBe('credentials-rejected');
    expect(minted(vendor.stub)).toBe(2);
    for (let minute = 0; minute < 9; minute += 1) {
      for (let turn = 0; turn < 5; turn += 1) expect(await kindOf(rig.get())).toBe('credentials-rejected');
      await clock.advance(60_000);
    }
    expect(minted(vendor.stub)).toBe(2);
    expect(asked(vendor.stub)).toBeLessThanOrEqual(2 + 8);
    expect((await rig.upstream.state()).health).toBe('down');
    vendor.api = null;
    await clock.advance(60_000);
    expect((await rig.get()).status).toBe(200);
  });

  test('one operation that is always refused does not stop the others', async () => {
    const { vendor, rig } = await connected();
    vendor.api = (request, response) =>
      request.target.includes('no') ? status(401)(request, response) : json(response, 200, {});
    await rig.get('/yes', { operation: 'yes' });
    for (let turn = 0; turn < 5; turn += 1)
      expect(await kindOf(rig.get('/no', { operation: 'no' }))).toBe('credentials-rejected');
    expect((await rig.get('/yes', { operation: 'yes' })).status).toBe(200);
    expect(minted(vendor.stub)).toBe(2);
  });

  test('a refused long-lived credential is named and asked with once in ten minutes, over restarts too (E6)', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const { vendor, rig } = await connected({ clock, store });
    vendor.mint = invalidCode;
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe('credentials-rejected');
    expect(failure.details.public).toBe('check the refresh token');
    expect(await kindOf(rig.get())).toBe('credentials-rejected');
    const restarted = await vendor.connect({ clock, store });
    await clock.advance(599_000);
    expect(await kindOf(restarted.get())).toBe('credentials-rejected');
    expect(minted(vendor.stub)).toBe(1);
    expect((await restarted.upstream.state()).token).toEqual({ state: 'revoked', expiresAt: null });
    vendor.mint = null;
    await clock.advance(1000);
    expect((await restarted.get()).status).toBe(200);
  });

  test.each([
    ['missing', undefined, 60_000],
    ['0', 0, 60_000],
    ['negative', -5, 60_000],
    ['a text', '3600000', hour],
    ['absurd', 1e15, 86_400_000],
  ])('a lifetime that is %s is brought into bounds (E7)', async (_name, lifetime, expected) => {
    const { vendor, rig, clock } = await connected();
    vendor.mint = (_request, response) => {
      vendor.live.add('t');
      json(response, 200, { token: 't', lifetime });
    };
    for (let turn = 0; turn < 5; turn += 1) await rig.get();
    expect(minted(vendor.stub)).toBe(1);
    const { token } = await rig.upstream.state();
    expect(Date.parse(token?.expiresAt ?? '') - clock.now()).toBe(expected);
  });

  test.each([-1, 1, -87_600, 87_600])('a wall clock that jumps %i h renews nothing (E8)', async (hours) => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    clock.jump(hours * hour);
    for (let turn = 0; turn < 5; turn += 1) await rig.get();
    await clock.advance(0.5 * hour);
    await rig.get();
    expect(minted(vendor.stub)).toBe(1);
  });

  test('a lost answer is asked for once more, and both are charged (E9)', async () => {
    const { vendor, rig } = await connected({ clock: new HastyClock() });
    vendor.mint = inTurn(reset, (_request, response) => {
      vendor.live.add('second');
      json(response, 200, { token: 'second', lifetime: hour });
    });
    expect((await rig.get()).status).toBe(200);
    expect(minted(vendor.stub)).toBe(2);
    expect((await rig.store.spent('mints/1/owner-digest', { limit: 5, windowMs: 600_000 })).spent).toBe(2);
  });

  test('an endpoint that goes on failing is given time, and the circuit of the API stays closed (E9)', async () => {
    const { vendor, rig } = await connected({ clock: new HastyClock() });
    vendor.mint = status(500);
    const kinds = [];
    for (let turn = 0; turn < 10; turn += 1) kinds.push(await kindOf(rig.get()));
    expect(minted(vendor.stub)).toBe(2);
    expect(kinds.at(-1)).toBe('circuit-open');
    expect((await rig.upstream.state()).circuit).toBe('closed');
  });

  test('a failing endpoint that many wait for does not open the circuit of the API', async () => {
    const { vendor, rig } = await connected();
    vendor.mint = status(500);
    const kinds = await Promise.all(Array.from({ length: 30 }, () => kindOf(rig.get('/x', { attemptsMax: 1 }))));
    expect(new Set(kinds)).toEqual(new Set(['vendor-malformed']));
    expect((await rig.upstream.state()).circuit).toBe('closed');
    expect(minted(vendor.stub)).toBe(1);
  });

  test('found in the store is as old as it is', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const { vendor, rig } = await connected({ clock, store });
    await rig.get();
    await clock.advance(0.5 * hour);
    const restarted = await vendor.connect({ clock, store });
    await restarted.get();
    await clock.advance(0.5 * hour);
    await restarted.get();
    expect(minted(vendor.stub)).toBe(2);
    expect(vendor.stub.seen.at(-1)?.headers.authorization).toBe('Token canary-token-2');
  });

  test('no schedule of faults asks for more than our own allowance', async () => {
    const { vendor, rig, clock } = await connected();
    vendor.lifetimeMs = 60_000;
    for (let turn = 0; turn < 20; turn += 1) {
      await rig.get('/x', { attemptsMax: 1 }).catch(() => {});
      vendor.live.clear();
      await clock.advance(1000);
    }
    expect(minted(vendor.stub)).toBe(5);
    const failure = await failureOf(rig.get('/x', { attemptsMax: 1 }));
    expect(failure.kind).toBe('vendor-throttled');
    expect(failure.details.retryAfterMs).toBeGreaterThan(500_000);
    expect((await rig.upstream.state()).token?.state).toBe('throttled');
    await clock.advance(600_000);
    expect((await rig.get()).status).toBe(200);
  });

  test('a caller who leaves does not spoil the token for the others', async () => {
    const { vendor, rig } = await connected();
    let release = () => {};
    vendor.mint = (_request, response) => {
      release = () => {
        vendor.live.add('t');
        json(response, 200, { token: 't', lifetime: hour });
      };
    };
    const controller = new AbortController();
    const leaver = kindOf(rig.get('/x', {}, { signal: controller.signal }));
    const stayer = rig.get();
    await rig.stub.saw(1);
    controller.abort();
    expect(await leaver).toBe('deadline-exceeded');
    release();
    expect((await stayer).status).toBe(200);
    expect(minted(vendor.stub)).toBe(1);
  });

  test('a token request that hangs ends by its own limit', async () => {
    const { vendor, rig, clock } = await connected();
    vendor.mint = hang;
    const outcome = failureOf(rig.get('/x', { attemptsMax: 1 }));
    await rig.stub.saw(1);
    await clock.advance(8000);
    expect((await outcome).kind).toBe('vendor-timeout');
  });
});
