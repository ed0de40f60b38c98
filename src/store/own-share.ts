import type { Clock } from '../domain/clock.ts';
import { createMemoryStore } from './memory.ts';
import type { Draw, Window } from './store.ts';

/** What one replica may draw while the shared windows cannot be read. */
export interface OwnShare {
  /** Records a draw of this replica that is in the shared window. */
  note(counter: string, window: Window, amount: number): Promise<void>;
  /** Records what all replicas together have drawn, as read from the shared window. */
  see(counter: string, window: Window, spent: number): void;
  draw(counter: string, window: Window, amount: number): Promise<Draw>;
  /** Draws that are not in the shared window yet. */
  pending(): PendingDraws[];
  /** Draws of this replica that were in the shared window, for a store that has lost them. */
  shared(): Promise<PendingDraws[]>;
  /** What all replicas together had drawn when this one last looked. */
  seen(): PendingDraws[];
  /** The draws are in the shared window now. */
  synced(draws: PendingDraws): void;
}

export interface PendingDraws {
  readonly counter: string;
  readonly windowMs: number;
  readonly amount: number;
}

interface SeenWindow {
  readonly spent: number;
  /** Monotonic. */
  readonly at: number;
  readonly windowMs: number;
  /** Drawn by this replica since then. */
  since: number;
}

/** The limit of a draw that only counts. */
export const everything = Number.MAX_SAFE_INTEGER;

/**
 * In any window at most `limit / replicas` units, rounded down, draws through the shared store included. Of the units
 * that were left when the shared window was last read, at most the same share.
 */
export const createOwnShare = (clock: Clock, replicas: number): OwnShare => {
  const own = createMemoryStore(clock);
  const seenWindows = new Map<string, SeenWindow>();
  const pending = new Map<string, PendingDraws>();
  /** The longest window of each counter. */
  const windows = new Map<string, number>();
  const record = async (counter: string, windowMs: number, amount: number): Promise<void> => {
    windows.set(counter, Math.max(windowMs, windows.get(counter) ?? 0));
    await own.draw(counter, { limit: everything, windowMs }, amount);
  };

  const seenWindowOf = (counter: string, windowMs: number): SeenWindow | null => {
    const seen = seenWindows.get(counter);
    if (seen === undefined) return null;
    if (clock.monotonic() - seen.at < Math.max(windowMs, seen.windowMs)) return seen;
    seenWindows.delete(counter);
    return null;
  };

  return {
    note: (counter, { windowMs }, amount) => record(counter, windowMs, amount),
    see: (counter, { windowMs }, spent) => {
      seenWindows.set(counter, { spent, at: clock.monotonic(), windowMs, since: 0 });
    },
    draw: async (counter, { limit, windowMs }, amount) => {
      const share = Math.floor(limit / replicas);
      const seen = seenWindowOf(counter, windowMs);
      const unspent = seen === null ? share : Math.max(0, Math.floor((limit - seen.spent) / replicas) - seen.since);
      const before = await own.spent(counter, { limit: share, windowMs });
      const room = Math.max(0, Math.min(share - before.spent, unspent));
      const granted = amount <= room;
      if (granted && amount > 0) {
        await record(counter, windowMs, amount);
        if (seen !== null) seen.since += amount;
        const known = pending.get(counter)?.amount ?? 0;
        pending.set(counter, { counter, windowMs, amount: known + amount });
      }
      const left = granted ? room - amount : room;
      const { freeInMs } = await own.spent(counter, { limit: share, windowMs });
      const untilForgotten = seen === null || unspent > 0 ? 0 : seen.at + seen.windowMs - clock.monotonic();
      return { granted, spent: limit - left, freeInMs: left > 0 ? 0 : Math.max(1, freeInMs, untilForgotten) };
    },
    pending: () => [...pending.values()],
    shared: async () => {
      const all = [...windows].map(async ([counter, windowMs]) => {
        const { spent } = await own.spent(counter, { limit: everything, windowMs });
        return { counter, windowMs, amount: spent - (pending.get(counter)?.amount ?? 0) };
      });
      return (await Promise.all(all)).filter(({ amount }) => amount > 0);
    },
    seen: () =>
      [...seenWindows.keys()].flatMap((counter) => {
        const seen = seenWindowOf(counter, 0);
        return seen === null ? [] : [{ counter, windowMs: seen.windowMs, amount: seen.spent }];
      }),
    synced: ({ counter, amount }) => {
      const known = pending.get(counter);
      if (known === undefined) return;
      if (known.amount > amount) pending.set(counter, { ...known, amount: known.amount - amount });
      else pending.delete(counter);
    },
  };
};
