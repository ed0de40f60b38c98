import { describe, expect, it } from 'vitest';
import { type Allowance, allowLocally, allowThroughStore } from '../../../src/server/admission/allowance.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { VirtualClock } from '../../support/clock.ts';

const windowMs = 60_000;

const setUp = (options: { limit?: number; replicas?: number; clock?: VirtualClock; store?: Store } = {}) => {
  const { limit = 600, replicas = 1, clock = new VirtualClock() } = options;
  const inner = options.store ?? createMemoryStore(clock);
  let draws = 0;
  const behaviour = { fails: false, delayMs: 0 };
  const store: Store = {
    ...inner,
    draw: async (...parameters) => {
      draws += 1;
      if (behaviour.delayMs > 0) await clock.sleep(behaviour.delayMs);
      if (behaviour.fails) throw new Error('the store is gone');
      return inner.draw(...parameters);
    },
  };
  const replica = () => allowThroughStore({ clock, store, log: silentLog, limit, windowMs, replicas });
  return { clock, store: inner, behaviour, replica, allow: replica(), draws: () => draws };
};

const several = async (
  allow: (name: string) => Promise<Allowance>,
  times: number,
  name = 'a',
): Promise<Allowance[]> => {
  const made: Allowance[] = [];
  for (let index = 0; index < times; index += 1) made.push(await allow(name));
  return made;
};
const grantedOf = (made: readonly Allowance[]): number => made.filter(({ granted }) => granted).length;

describe('a consumer', () => {
  it('is granted exactly its limit in a window, with a draw from the store for every tenth request at most', async () => {
    const { allow, draws, clock } = setUp();
    const made = await several(allow, 1_000);
    expect(grantedOf(made)).toBe(600);
    expect(made.slice(0, 600).map(({ left }) => left)).toEqual(Array.from({ length: 600 }, (_, index) => 599 - index));
    expect(made[600]).toEqual({ granted: false, left: 0, resetInMs: 60_000 });
    expect(draws()).toBeLessThanOrEqual(62);
    await clock.advance(59_999);
    expect(grantedOf(await several(allow, 1))).toBe(0);
    await clock.advance(1);
    expect(grantedOf(await several(allow, 1_000))).toBe(600);
  });

  it('never exceeds it in any window, whatever its pace, and is refused only at it', async () => {
    const { allow, clock } = setUp({ limit: 60 });
    const granted: number[] = [];
    let seed = 7;
    for (let index = 0; index < 3_000; index += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      await clock.advance(seed % 3 === 0 ? 0 : seed % 1_500);
      const now = clock.monotonic();
      const inWindow = granted.filter((at) => at > now - windowMs).length;
      const { granted: yes } = await allow('a');
      if (yes) granted.push(now);
      expect(inWindow).toBeLessThanOrEqual(yes ? 59 : 60);
      const nearly = granted.filter((at) => at > now - windowMs - windowMs / 600).length;
      if (!yes) expect(nearly).toBeGreaterThanOrEqual(60);
    }
  });

  it('is not confused with another', async () => {
    const { allow } = setUp({ limit: 10 });
    expect(grantedOf(await several(allow, 20, 'a'))).toBe(10);
    expect(grantedOf(await several(allow, 20, 'b'))).toBe(10);
  });

  it('is granted exactly its limit by requests at the same time as well', async () => {
    const { allow, draws } = setUp({ limit: 100 });
    expect(grantedOf(await Promise.all(Array.from({ length: 300 }, () => allow('a'))))).toBe(100);
    expect(draws()).toBeLessThan(120);
  });

  it('does not get its limit back by a restart', async () => {
    const { replica } = setUp();
    expect(grantedOf(await several(replica(), 400))).toBe(400);
    expect(grantedOf(await several(replica(), 400))).toBe(200);
  });

  it('shares it exactly over several replicas', async () => {
    const { replica } = setUp({ replicas: 3 });
    const replicas = [replica(), replica(), replica()];
    const made = [];
    for (let index = 0; index < 900; index += 1) made.push(await replicas[index % 3]?.('a'));
    expect(made.filter((one) => one?.granted)).toHaveLength(600);
  });

  it('may have a limit of 1', async () => {
    const { allow, clock } = setUp({ limit: 1 });
    expect(grantedOf(await several(allow, 3))).toBe(1);
    await clock.advance(windowMs);
    expect(grantedOf(await several(allow, 3))).toBe(1);
  });
});

describe('while the store is silent', () => {
  it('a single replica goes on exactly, from memory', async () => {
    const { allow, behaviour, clock } = setUp();
    await several(allow, 250);
    behaviour.fails = true;
    await clock.advance(1_000);
    expect(grantedOf(await several(allow, 1_000))).toBe(350);
  });

  it('each of several replicas grants its share', async () => {
    const { replica, behaviour } = setUp({ replicas: 3 });
    behaviour.fails = true;
    for (const allow of [replica(), replica(), replica()]) {
      const made = await several(allow, 400);
      expect(grantedOf(made)).toBe(200);
      expect(made[399]?.resetInMs).toBe(60_000);
    }
  });

  it('nobody waits longer than 50 milliseconds, and not each time', async () => {
    const { allow, behaviour, clock, draws } = setUp();
    behaviour.delayMs = 5_000;
    let first: Allowance | null = null;
    const pending = allow('a').then((made) => {
      first = made;
    });
    await clock.advance(49);
    expect(first).toBeNull();
    await clock.advance(1);
    expect(first).toMatchObject({ granted: true });
    await pending;
    expect(grantedOf(await several(allow, 20))).toBe(20);
    expect(draws()).toBe(1);
  });

  it('what it grants late is used, and it is asked again after a second', async () => {
    const { allow, behaviour, clock, draws } = setUp();
    behaviour.delayMs = 500;
    const pending = allow('a');
    await clock.advance(500);
    await pending;
    behaviour.delayMs = 0;
    await several(allow, 10);
    expect(draws()).toBe(1);
    await clock.advance(1_000);
    await several(allow, 1);
    expect(draws()).toBe(2);
  });
});

describe('a stranger', () => {
  it('is granted exactly the limit in a window, without a store', async () => {
    const clock = new VirtualClock();
    const allow = allowLocally(clock, { limit: 5, windowMs });
    const made = await several(allow, 8);
    expect(grantedOf(made)).toBe(5);
    expect(made[7]).toEqual({ granted: false, left: 0, resetInMs: 60_000 });
    expect(grantedOf(await several(allow, 8, 'b'))).toBe(5);
    await clock.advance(windowMs);
    expect(grantedOf(await several(allow, 8))).toBe(5);
  });
});
