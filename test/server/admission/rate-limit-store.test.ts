import { describe, expect, it } from 'vitest';
import { limitKeyOf, rateLimitStore } from '../../../src/server/admission/rate-limit-store.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import type { Store } from '../../../src/store/store.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { VirtualClock } from '../../support/clock.ts';

const windowMs = 60_000;
const limit = 3;
const consumer = (name: string) => ({
  consumer: { name, scopes: new Set<never>(), connections: null },
  ip: '192.0.2.1',
});

const setUp = (options: { replicas?: number; breaks?: 'store' | 'store and log' } = {}) => {
  const clock = new VirtualClock();
  const inner = createMemoryStore(clock);
  const drawn: string[] = [];
  const store: Store = {
    ...inner,
    draw: async (counter, ...rest) => {
      drawn.push(counter);
      if (options.breaks !== undefined) throw new Error('the store is gone');
      return inner.draw(counter, ...rest);
    },
  };
  const log = {
    ...silentLog,
    warn: () => {
      if (options.breaks === 'store and log') throw new Error('the log is gone');
    },
  };
  const RateLimitStore = rateLimitStore({ clock, store, log, limit, windowMs, replicas: options.replicas ?? 1 });
  const made = new RateLimitStore({});
  /** What the plugin is told. */
  const count = (key: string) =>
    new Promise((resolve) => made.incr(key, (error, result) => resolve({ error, ...result }), windowMs, limit));
  return { clock, count, drawn };
};

describe('the store behind the limits', () => {
  it('tells a count up to the limit, then one above it, and when the first unit comes back', async () => {
    const { clock, count } = setUp();
    const key = limitKeyOf(consumer('a'));
    expect(await count(key)).toEqual({ error: null, current: 1, ttl: windowMs });
    await clock.advance(10_000);
    expect(await count(key)).toEqual({ error: null, current: 2, ttl: 50_000 });
    expect(await count(key)).toEqual({ error: null, current: 3, ttl: 50_000 });
    expect(await count(key)).toEqual({ error: null, current: 4, ttl: 50_000 });
    await clock.advance(50_000);
    expect(await count(key)).toMatchObject({ error: null, current: 3 });
  });

  it('draws for consumers from the shared store under their name, and for addresses from memory', async () => {
    const { count, drawn } = setUp();
    await count(limitKeyOf(consumer('a')));
    expect(drawn).toEqual(['rate/1/a']);
    await count(limitKeyOf({ consumer: null, ip: '192.0.2.1' }));
    expect(drawn).toEqual(['rate/1/a']);
  });

  it('takes a consumer that is named like an address for somebody else', async () => {
    const { count } = setUp();
    await count(limitKeyOf({ consumer: null, ip: '192.0.2.1' }));
    expect(await count(limitKeyOf(consumer('192.0.2.1')))).toMatchObject({ current: 1 });
    expect(await count(limitKeyOf(consumer('address 192.0.2.1')))).toMatchObject({ current: 1 });
  });

  it('counts in memory while the store fails, and carries no error', async () => {
    const { count } = setUp({ replicas: 3, breaks: 'store' });
    const key = limitKeyOf(consumer('a'));
    expect(await count(key)).toEqual({ error: null, current: 3, ttl: windowMs });
    expect(await count(key)).toEqual({ error: null, current: 4, ttl: windowMs });
  });

  it('grants what cannot be counted at all, and carries no error', async () => {
    const { count } = setUp({ breaks: 'store and log' });
    expect(await count(limitKeyOf(consumer('a')))).toEqual({ error: null, current: limit, ttl: windowMs });
  });
});
