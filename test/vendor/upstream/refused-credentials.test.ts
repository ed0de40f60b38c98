import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../support/clock.ts';
import { failureOf, HastyClock, kindOf, openRig, staticCredentials } from './rig.ts';
import { accessDenied, asked, connected, hour, invalidCode, minted, turns, until } from './tokens/token-vendor.ts';
import { good, type Handler, inTurn, json, reset, status } from './vendor-stub.ts';

describe('a token endpoint that is closed (D7)', () => {
  test.each([
    ['400', accessDenied],
    ['200', ((_request, response) => json(response, 200, { error: 'Access Denied' })) satisfies Handler],
    ['HTML', status(403, '<h1>Access Denied</h1>')],
  ])('as %s: it is left alone for its time, and the wait is named', async (_name, closed) => {
    const { vendor, rig, clock } = await connected();
    vendor.mint = closed;
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe('vendor-throttled');
    expect(failure.details).toMatchObject({ public: 'closed for a while', retryAfterMs: 600_000 });
    for (let turn = 0; turn < 9; turn += 1) {
      await clock.advance(60_000);
      expect(await kindOf(rig.get())).toBe('vendor-throttled');
    }
    expect(minted(vendor.stub)).toBe(1);
    expect((await rig.upstream.state()).token?.state).toBe('throttled');
    vendor.mint = null;
    await clock.advance(60_000);
    expect((await rig.get()).status).toBe(200);
  });

  test('a live token goes on, and so does traffic that needs none', async () => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    vendor.mint = accessDenied;
    await clock.advance(0.85 * hour);
    await rig.get();
    await until(() => minted(vendor.stub) === 2);
    await turns();
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await rig.get()).status).toBe(200);
      await clock.advance(60_000);
    }
    expect(minted(vendor.stub)).toBe(2);
    expect(await rig.upstream.state()).toMatchObject({ token: { state: 'valid' }, pausedUntil: null });
  });

  test('a live token that is pushed out meanwhile does not reopen the question, nor is the API hammered with it', async () => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    vendor.mint = accessDenied;
    vendor.live.clear();
    for (let turn = 0; turn < 20; turn += 1) expect(await kindOf(rig.get())).toBe('vendor-throttled');
    await clock.advance(120_000);
    for (let turn = 0; turn < 20; turn += 1) expect(await kindOf(rig.get())).toBe('vendor-throttled');
    expect(minted(vendor.stub)).toBe(2);
    expect(asked(vendor.stub)).toBeLessThanOrEqual(4);
  });

  test('a reset forgets it', async () => {
    const { vendor, rig } = await connected();
    vendor.mint = invalidCode;
    await kindOf(rig.get());
    vendor.mint = null;
    await rig.upstream.reset();
    expect((await rig.get()).status).toBe(200);
  });
});

describe('a static credential that is refused (A6)', () => {
  test('is tried once a minute, by one call, until it is accepted', async () => {
    const rig = await openRig({ clock: new VirtualClock(), credentials: staticCredentials });
    rig.stub.answer(status(401));
    for (let turn = 0; turn < 20; turn += 1) expect(await kindOf(rig.get())).toBe('credentials-rejected');
    expect(rig.stub.seen).toHaveLength(1);
    expect((await rig.upstream.state()).health).toBe('down');
    await rig.clock.advance(60_000);
    await Promise.all(Array.from({ length: 20 }, () => kindOf(rig.get())));
    expect(rig.stub.seen).toHaveLength(2);
    await rig.clock.advance(60_000);
    rig.stub.answer(good);
    expect((await rig.get()).status).toBe(200);
    await Promise.all(Array.from({ length: 5 }, () => rig.get()));
    expect((await rig.upstream.state()).health).toBe('ok');
  });

  test('a reset lets it be tried at once', async () => {
    const rig = await openRig({ clock: new VirtualClock() });
    rig.stub.answer(inTurn(status(401), good));
    await kindOf(rig.get());
    await rig.upstream.reset();
    expect((await rig.get()).status).toBe(200);
  });
});

test('neither token nor secret is in any event, state or failure (E13)', async () => {
  const { vendor, rig } = await connected({ clock: new HastyClock() });
  const said: unknown[] = [];
  await rig.get('/x', { query: [['q', 'canary-query']] });
  for (const fault of [status(401), status(500), status(429), reset, status(403)]) {
    vendor.api = fault;
    const failure = await failureOf(rig.get('/x', { query: [['q', 'canary-query']], attemptsMax: 1 }));
    said.push(failure.message, failure.stack, failure.details, failure.cause);
    await rig.upstream.reset();
  }
  vendor.api = null;
  said.push(rig.events, await rig.upstream.state());
  expect(JSON.stringify(said)).not.toContain('canary');
});
