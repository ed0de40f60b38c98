import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.ts';
import { entriesMax } from '../../domain/entries-max.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import { RollingCount } from './rolling-count.ts';

export interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The verdict on one request. */
export interface Allowance {
  readonly granted: boolean;
  readonly left: number;
  /** When some of the limit comes back. */
  readonly resetInMs: number;
}

/** Counts one request under a name. */
export type Allow = (name: string) => Promise<Allowance>;

/** Beyond this many names, the one that was idle longest is forgotten. */
const namesMax = 10_000;

const remembered = <Value extends object>(known: LRUCache<string, Value>, name: string, make: () => Value): Value => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = make();
  known.set(name, made);
  return made;
};

/** Counts in this process only: for callers without a credential, of whom there may be any number. */
export const allowLocally = (clock: Clock, { limit, windowMs }: Limit): Allow => {
  const counts = new LRUCache<string, RollingCount>(entriesMax(namesMax));
  return async (name) => {
    const count = remembered(counts, name, () => new RollingCount(windowMs));
    const now = clock.monotonic();
    const granted = count.spent(now) < limit;
    if (granted) count.add(now, 1);
    const resetInMs = granted ? count.resetInMs(now) : count.freeInMs(now, limit);
    return { granted, left: limit - count.spent(now), resetInMs };
  };
};

interface Held {
  /** What this process granted. */
  readonly count: RollingCount;
  /** Units that are drawn from the store and not used yet; they count there until `windowMs` after `paidAt`. */
  paid: number;
  paidAt: number;
  /** What the store had left after the last draw. */
  storeLeft: number;
  /** When the store has units again, as it said lately, and until when it need not be asked again. */
  freeAt: number;
  refusedUntil: number;
  drawing: Promise<DrawOutcome> | null;
}

type DrawOutcome =
  | { readonly kind: 'paid' }
  | { readonly kind: 'refused'; readonly freeInMs: number }
  /** The store did not answer in time. */
  | { readonly kind: 'silent' };

/** Wait limit for the store. */
const storeWaitMs = 50;
/** How long a store that was too slow is not asked again. */
const pauseMs = 1000;
/** How long a refusal of the store is repeated without asking it. */
const rememberedMs = 1000;
/** A single replica draws this part of a full window at once. */
const drawsPerWindow = 60;

export interface StoreBacked extends Limit {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: Log;
  /** How many processes spend from the store. */
  readonly replicas: number;
}

/**
 * Counted in the store, so that it outlives a restart and all replicas share it. A single replica draws some units
 * ahead, and its own count keeps it exact; several draw each unit alone. While the store is silent, each replica
 * grants its share from memory.
 */
export const allowThroughStore = (options: StoreBacked): Allow => {
  const { clock, store, limit, windowMs, replicas } = options;
  const share = Math.max(1, Math.floor(limit / replicas));
  const ahead = replicas > 1 ? 1 : Math.max(1, Math.floor(limit / drawsPerWindow));
  const counters = new LRUCache<string, Held>(entriesMax(namesMax));
  let silentUntil = Number.NEGATIVE_INFINITY;

  const newCounter = (): Held => ({
    count: new RollingCount(windowMs),
    paid: 0,
    paidAt: 0,
    storeLeft: limit,
    freeAt: 0,
    refusedUntil: 0,
    drawing: null,
  });

  const drawFromStore = async (name: string, held: Held): Promise<DrawOutcome> => {
    const paidAt = clock.monotonic();
    const counter = `rate/1/${name}`;
    let amount = ahead;
    let draw = await store.draw(counter, { limit, windowMs }, amount);
    if (!draw.granted && draw.spent < limit) {
      amount = limit - draw.spent;
      draw = await store.draw(counter, { limit, windowMs }, amount);
    }
    held.storeLeft = limit - draw.spent;
    if (!draw.granted) return { kind: 'refused', freeInMs: draw.freeInMs };
    if (held.paid === 0) held.paidAt = paidAt;
    held.paid += amount;
    return { kind: 'paid' };
  };

  /** A draw that comes late is kept and used by later requests. */
  const draw = async (name: string, held: Held): Promise<DrawOutcome> => {
    const drawn = drawFromStore(name, held).catch((): DrawOutcome => ({ kind: 'silent' }));
    let stopWaiting = () => {};
    const late = new Promise<DrawOutcome>((resolve) => {
      stopWaiting = clock.after(storeWaitMs, () => resolve({ kind: 'silent' }));
    });
    const outcome = await Promise.race([drawn, late]);
    stopWaiting();
    held.drawing = null;
    if (outcome.kind === 'silent') {
      silentUntil = clock.monotonic() + pauseMs;
      options.log.warn({ store: store.kind }, 'the store does not count requests: each replica grants its share');
    }
    return outcome;
  };

  const grant = (held: Held, now: number, most: number): Allowance => {
    held.count.add(now, 1);
    return { granted: true, left: most - held.count.spent(now), resetInMs: held.count.resetInMs(now) };
  };
  const refuse = (resetInMs: number): Allowance => ({ granted: false, left: 0, resetInMs });

  return async (name) => {
    const held = remembered(counters, name, newCounter);
    for (;;) {
      const now = clock.monotonic();
      if (held.count.spent(now) >= limit) return refuse(held.count.freeInMs(now, limit));
      if (held.paid > 0 && now - held.paidAt >= windowMs) held.paid = 0;
      if (held.paid > 0) {
        held.paid -= 1;
        const granted = grant(held, now, limit);
        return { ...granted, left: Math.min(granted.left, held.storeLeft + held.paid) };
      }
      if (now < held.refusedUntil) return refuse(held.freeAt - now);
      let outcome: DrawOutcome = { kind: 'silent' };
      if (now >= silentUntil) {
        held.drawing ??= draw(name, held);
        outcome = await held.drawing;
      }
      if (outcome.kind === 'refused') {
        held.freeAt = clock.monotonic() + outcome.freeInMs;
        held.refusedUntil = Math.min(held.freeAt, clock.monotonic() + rememberedMs);
        return refuse(outcome.freeInMs);
      }
      if (outcome.kind === 'paid') continue;
      const later = clock.monotonic();
      if (held.count.spent(later) >= share) return refuse(held.count.freeInMs(later, share));
      return grant(held, later, share);
    }
  };
};
