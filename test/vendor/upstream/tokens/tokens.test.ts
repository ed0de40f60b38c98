import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { HastyClock } from '../rig.ts';
import { json, status } from '../vendor-stub.ts';
import { asked, connected, hour, minted, openTokenVendor, tokenCredentials, turns, until } from './token-vendor.ts';

describe('a token', () => {
  test('is asked for with the first call and by one of five hundred (E1)', async () => {
    const { vendor, rig } = await connected();
    expect(vendor.stub.seen).toHaveLength(0);
    const replies = await Promise.all(Array.from({ length: 500 }, () => rig.get()));
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    expect(minted(vendor.stub)).toBe(1);
    expect(rig.events.filter((event) => event.kind === 'token')).toEqual([{ kind: 'token', outcome: 'minted' }]);
  });

  test('is shared by connections and replicas of one owner (E2)', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    const rigs = await Promise.all(
      Array.from({ length: 8 }, (_, index) => vendor.connect({ clock, store, storageKey: `c${index}` })),
    );
    const outcomes = await Promise.all(rigs.flatMap((rig) => [rig.get(), rig.get(), rig.get()]));
    expect(outcomes).toHaveLength(24);
    expect(minted(vendor.stub)).toBe(1);
  });

  test('of another owner is another', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    await (await vendor.connect({ clock, store })).get();
    await (await vendor.connect({ clock, store, credentials: tokenCredentials('someone-else') })).get();
    expect(minted(vendor.stub)).toBe(2);
  });

  test('is renewed ahead of its end by one, while the others go on with the old one (E3)', async () => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    await clock.advance(0.79 * hour);
    await rig.get();
    expect(minted(vendor.stub)).toBe(1);
    await clock.advance(0.01 * hour);
    let release = () => {};
    vendor.mint = (_request, response) => {
      release = () => {
        vendor.live.add('next');
        json(response, 200, { token: 'next', lifetime: hour });
      };
    };
    const replies = await Promise.all(Array.from({ length: 20 }, () => rig.get()));
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    await until(() => minted(vendor.stub) === 2);
    expect((await rig.upstream.state()).token?.state).toBe('refreshing');
    release();
    await until(() => rig.events.filter((event) => event.kind === 'token').length === 2);
    await turns();
    await rig.get();
    expect(vendor.stub.seen.at(-1)?.headers.authorization).toBe('Token next');
    expect(minted(vendor.stub)).toBe(2);
  });

  test('a renewal ahead that fails harms nobody and is not hammered', async () => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    vendor.mint = status(500);
    await clock.advance(0.85 * hour);
    for (let turn = 0; turn < 10; turn += 1) {
      expect((await rig.get()).status).toBe(200);
      await turns();
    }
    expect(minted(vendor.stub)).toBe(2);
  });

  test('that has expired is renewed before it is used', async () => {
    const { vendor, rig, clock } = await connected();
    await rig.get();
    vendor.live.clear();
    await clock.advance(hour);
    expect((await rig.get()).status).toBe(200);
    expect(minted(vendor.stub)).toBe(2);
    expect(asked(vendor.stub)).toBe(2);
  });

  test('pushed out in mid-flight costs one renewal and one replay for all who lost with it (E4)', async () => {
    const { vendor, rig } = await connected();
    await rig.get();
    vendor.live.clear();
    const replies = await Promise.all(Array.from({ length: 16 }, () => rig.get()));
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    expect(minted(vendor.stub)).toBe(2);
    expect(asked(vendor.stub)).toBe(1 + 32);
  });

  test('a late loser finds the new token there and asks for none (E4)', async () => {
    const { vendor, rig } = await connected();
    await rig.get();
    let lose = () => {};
    vendor.api = (request, response) => {
      if (request.target.includes('slow')) lose = () => status(401)(request, response);
      else json(response, 200, {});
    };
    const slow = rig.get('/slow');
    await rig.stub.saw(3);
    vendor.live.clear();
    await rig.get('/quick');
    vendor.api = null;
    lose();
    expect((await slow).status).toBe(200);
    expect(minted(vendor.stub)).toBe(2);
  });

  test('a pushed-out token is renewed for one replica and read by the other', async () => {
    const clock = new HastyClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    const left = await vendor.connect({ clock, store });
    const right = await vendor.connect({ clock, store });
    await left.get();
    await right.get();
    vendor.live.clear();
    await left.get();
    await right.get();
    expect(minted(vendor.stub)).toBe(2);
  });
});
