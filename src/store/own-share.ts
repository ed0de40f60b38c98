import type { Clock } from '../domain/clock.ts';
import { createMemoryStore } from './memory.ts';
import type { Draw, Window } from './store.ts';

/** What one replica may draw while nobody can tell what the others have drawn. */
export interface OwnShare {
  /** A draw of this replica that the shared window knows of. */
  note(counter: string, window: Window, amount: number): Promise<void>;
  /** What all replicas together had drawn, when it could last be seen. */
  see(counter: string, window: Window, spent: number): void;
  draw(counter: string, window: Window, amount: number): Promise<Draw>;
  /** Draws that the shared window does not know of. */
  unheard(): Unheard[];
  /** Now it does. */
  heard(draws: Unheard): void;
}

interface Unheard {
  readonly counter: string;
  readonly windowMs: number;
  readonly amount: number;
}

interface Sight {
  readonly spent: number;
  /** Monotonic. */
  readonly at: number;
  readonly windowMs: number;
  /** Drawn by this replica since. */
  since: number;
}

const everything = Number.MAX_SAFE_INTEGER;

/**
 * Never more than the whole part of limit / replicas in any window, its draws through the shared store included;
 * and of what was left when the replicas last saw each other, never more than the same part of that.
 */
export const createOwnShare = (clock: Clock, replicas: number): OwnShare => {
  const own = createMemoryStore(clock);
  const sights = new Map<string, Sight>();
  const unheard = new Map<string, Unheard>();

  const sightOf = (counter: string, windowMs: number): Sight | null => {
    const sight = sights.get(counter);
    if (sight === undefined) return null;
    if (clock.monotonic() - sight.at < Math.max(windowMs, sight.windowMs)) return sight;
    sights.delete(counter);
    return null;
  };

  return {
    note: async (counter, { windowMs }, amount) => {
      await own.draw(counter, { limit: everything, windowMs }, amount);
    },
    see: (counter, { windowMs }, spent) => {
      sights.set(counter, { spent, at: clock.monotonic(), windowMs, since: 0 });
    },
    draw: async (counter, { limit, windowMs }, amount) => {
      const share = Math.floor(limit / replicas);
      const sight = sightOf(counter, windowMs);
      const unspent = sight === null ? share : Math.max(0, Math.floor((limit - sight.spent) / replicas) - sight.since);
      const before = await own.spent(counter, { limit: share, windowMs });
      const room = Math.max(0, Math.min(share - before.spent, unspent));
      const granted = amount <= room;
      if (granted && amount > 0) {
        await own.draw(counter, { limit: everything, windowMs }, amount);
        if (sight !== null) sight.since += amount;
        const known = unheard.get(counter)?.amount ?? 0;
        unheard.set(counter, { counter, windowMs, amount: known + amount });
      }
      const left = granted ? room - amount : room;
      const { freeInMs } = await own.spent(counter, { limit: share, windowMs });
      const untilUnseen = sight === null || unspent > 0 ? 0 : sight.at + sight.windowMs - clock.monotonic();
      return { granted, spent: limit - left, freeInMs: left > 0 ? 0 : Math.max(1, freeInMs, untilUnseen) };
    },
    unheard: () => [...unheard.values()],
    heard: ({ counter, amount }) => {
      const known = unheard.get(counter);
      if (known === undefined) return;
      if (known.amount > amount) unheard.set(counter, { ...known, amount: known.amount - amount });
      else unheard.delete(counter);
    },
  };
};
