import type { Clock } from '../domain/clock.ts';
import { compareKeys, sameBytes } from './bytes.ts';
import { checkAmount, judgeDraw, type Spending } from './rolling-window.ts';
import type { Draw, Store, Window } from './store.ts';

interface MemoryEntry {
  readonly value: Uint8Array;
  readonly expires: number;
  /** An end further away than this was set before the clock was set back. */
  readonly lifetimeMs: number;
}
interface HeldLease {
  readonly generation: number;
  readonly expires: number;
  readonly lifetimeMs: number;
}
interface Spendings {
  readonly made: Spending[];
  readonly windowMs: number;
}

const memorySweepMs = 60_000;

/** Keeps everything in the memory of this process. */
export const createMemoryStore = (clock: Clock): Store => {
  const entries = new Map<string, MemoryEntry>();
  const draws = new Map<string, Spendings>();
  const leases = new Map<string, HeldLease>();
  let generations = 0;
  let sweptAt = clock.monotonic();

  /** The item if it has not expired. After the clock was set back, its end is corrected. */
  const living = <Item extends { readonly expires: number; readonly lifetimeMs: number }>(
    items: Map<string, Item>,
    key: string,
  ): Item | null => {
    const item = items.get(key);
    if (item === undefined) return null;
    const left = item.expires - clock.now();
    if (left <= 0) {
      items.delete(key);
      return null;
    }
    if (left > item.lifetimeMs) items.set(key, { ...item, expires: clock.now() + item.lifetimeMs });
    return item;
  };

  const inWindow = (counter: string, windowMs: number): Spending[] => {
    const now = clock.now();
    const made = (draws.get(counter)?.made ?? [])
      .map((spending) => (spending.at > now ? { ...spending, at: now } : spending))
      .filter((spending) => spending.at > now - windowMs);
    if (made.length === 0) draws.delete(counter);
    else draws.set(counter, { made, windowMs });
    return made;
  };

  const sweep = (): void => {
    if (clock.monotonic() - sweptAt < memorySweepMs) return;
    sweptAt = clock.monotonic();
    for (const key of entries.keys()) living(entries, key);
    for (const key of leases.keys()) living(leases, key);
    for (const [counter, { windowMs }] of draws) inWindow(counter, windowMs);
  };

  const put = (key: string, value: Uint8Array, expiresInMs: number | undefined): void => {
    sweep();
    const lifetimeMs = expiresInMs ?? Number.POSITIVE_INFINITY;
    entries.set(key, { value: value.slice(), expires: clock.now() + lifetimeMs, lifetimeMs });
  };

  const judge = (counter: string, window: Window, amount: number): Draw => {
    checkAmount(amount);
    const made = inWindow(counter, window.windowMs);
    const { noted, ...draw } = judgeDraw(made, window, amount, clock.now());
    if (noted) {
      sweep();
      draws.set(counter, { made: [...made, { at: clock.now(), amount }], windowMs: window.windowMs });
    }
    return draw;
  };

  return {
    kind: 'memory',
    durable: false,
    get: async (key) => living(entries, key)?.value.slice() ?? null,
    set: async (key, value, options) => put(key, value, options?.expiresInMs),
    compareAndSet: async (key, expected, next, options) => {
      const held = living(entries, key)?.value ?? null;
      const same = sameBytes(held, expected);
      if (same) put(key, next, options?.expiresInMs);
      return same;
    },
    delete: async (key) => {
      entries.delete(key);
    },
    keys: async (prefix, limit, after) =>
      [...entries.keys()]
        .filter((key) => key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0))
        .filter((key) => living(entries, key) !== null)
        .sort(compareKeys)
        .slice(0, limit),
    draw: async (counter, window, amount) => judge(counter, window, amount),
    spent: async (counter, window) => judge(counter, window, 0),
    acquire: async (lease, durationMs) => {
      if (living(leases, lease) !== null) return null;
      sweep();
      generations += 1;
      const generation = generations;
      leases.set(lease, { generation, expires: clock.now() + durationMs, lifetimeMs: durationMs });
      return {
        generation,
        release: async () => {
          if (leases.get(lease)?.generation === generation) leases.delete(lease);
        },
      };
    },
    close: async () => {
      entries.clear();
      draws.clear();
      leases.clear();
    },
  };
};
