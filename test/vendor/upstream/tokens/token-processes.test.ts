import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMemoryStore } from '../../../../src/store/memory.ts';
import { openSqliteStore } from '../../../../src/store/sqlite.ts';
import type { Store } from '../../../../src/store/store.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { HastyClock, kindOf } from '../rig.ts';
import { json } from '../vendor-stub.ts';
import { minted, openTokenVendor, turns } from './token-vendor.ts';

describe('a token among processes', () => {
  test('who gets the lease only after another has minted asks for none', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    const quick = await vendor.connect({ clock, store });
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const late: Store = {
      ...store,
      acquire: async (lease, durationMs) => {
        await gate;
        return store.acquire(lease, durationMs);
      },
    };
    const slow = await vendor.connect({ clock, store: late });
    const waiting = slow.get();
    await turns();
    await quick.get();
    goOn();
    expect((await waiting).status).toBe(200);
    expect(minted(vendor.stub)).toBe(1);
  });

  test('a holder of the lease that froze does not put an older token over a newer one (E10)', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    const frozen = await vendor.connect({ clock, store });
    const other = await vendor.connect({ clock, store });
    const realStore = store.draw;
    let thaw = () => {};
    let freezes = 1;
    store.draw = async (counter, window, amount) => {
      const draw = await realStore(counter, window, amount);
      if (freezes > 0) {
        freezes -= 1;
        await new Promise<void>((resolve) => {
          thaw = resolve;
        });
      }
      return draw;
    };
    const late = frozen.get();
    await turns();
    const waiting = other.get();
    await turns();
    await clock.advance(30_000);
    expect((await waiting).status).toBe(200);
    thaw();
    expect((await late).status).toBe(200);
    expect(minted(vendor.stub)).toBe(2);
    const apiCalls = vendor.stub.seen.filter((seen) => seen.target.startsWith('/base'));
    expect(new Set(apiCalls.map((seen) => seen.headers.authorization)).size).toBe(1);
  });

  test('a caller whose time runs out while another holds the lease leaves, and no call is made', async () => {
    const clock = new VirtualClock();
    const store = createMemoryStore(clock);
    const vendor = await openTokenVendor();
    await store.acquire('mint/1/owner-digest', 60_000);
    const rig = await vendor.connect({ clock, store });
    const outcome = kindOf(rig.get('/x', {}, { deadline: 1000 }));
    await clock.advance(1000);
    expect(await outcome).toBe('deadline-exceeded');
    expect(vendor.stub.seen).toHaveLength(0);
  });

  test('fifty starts in ten minutes ask once, and after a crash at the worst moment at most five times (E12)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crash-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const clock = new HastyClock();
    const vendor = await openTokenVendor();
    const boot = async (path: string): Promise<string> => {
      const store = openSqliteStore(join(folder, path), clock);
      const rig = await vendor.connect({ clock, store });
      const outcome = await rig.get('/x', { attemptsMax: 1 }).then(
        () => 'ok',
        () => 'failed',
      );
      await rig.upstream.close();
      await store.close();
      await clock.advance(11_000);
      return outcome;
    };
    for (let start = 0; start < 50; start += 1) expect(await boot('calm.sqlite')).toBe('ok');
    expect(minted(vendor.stub)).toBe(1);

    vendor.mint = (_request, response) => json(response, 200, { nothing: 'that can be kept' });
    for (let start = 0; start < 50; start += 1) await boot('crashing.sqlite');
    expect(minted(vendor.stub) - 1).toBeLessThanOrEqual(5);
  });
});
