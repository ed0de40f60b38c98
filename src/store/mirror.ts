import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/clock.ts';

const mirrorBytesMax = 32 * 1024 * 1024;
/** What is larger was paid for in calls, not in safety; whoever asked for it has it in memory already. */
const mirroredValueBytesMax = 64 * 1024;

interface Item {
  /** Null: deleted while the store was lost. */
  readonly value: Uint8Array | null;
  /** Monotonic. */
  readonly endsAt: number;
  /** What the store last held, as far as this process knows. */
  readonly base: Uint8Array | null;
  /** The store has not heard of it yet. */
  readonly unheard: boolean;
}

export interface Unheard {
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly base: Uint8Array | null;
  /** Undefined: for ever. */
  readonly leftMs: number | undefined;
}

/** What this process last saw of a shared store, to go on with while that is lost; bounded, the least used goes first. */
export interface Mirror {
  get(key: string): Uint8Array | null;
  keys(prefix: string): string[];
  /** The store holds this now. */
  see(key: string, value: Uint8Array | null, lifetimeMs?: number): void;
  /** This holds now, and the store is to hear of it. */
  decide(key: string, value: Uint8Array | null, lifetimeMs?: number): void;
  unheard(): Unheard[];
}

export const createMirror = (clock: Clock): Mirror => {
  const items = new LRUCache<string, Item>({
    maxSize: mirrorBytesMax,
    sizeCalculation: ({ value, base }, key) => 200 + key.length + (value?.length ?? 0) + (base?.length ?? 0),
  });
  const endOf = (lifetimeMs: number | undefined): number =>
    clock.monotonic() + (lifetimeMs ?? Number.POSITIVE_INFINITY);
  const living = (key: string): Item | null => {
    const item = items.get(key);
    if (item === undefined) return null;
    if (item.endsAt > clock.monotonic()) return item;
    items.delete(key);
    return null;
  };

  return {
    get: (key) => living(key)?.value ?? null,
    keys: (prefix) =>
      [...items.keys()].filter((key) => key.startsWith(prefix) && (living(key)?.value ?? null) !== null),
    see: (key, value, lifetimeMs) => {
      if (value === null || value.length > mirroredValueBytesMax) items.delete(key);
      else items.set(key, { value: value.slice(), endsAt: endOf(lifetimeMs), base: null, unheard: false });
    },
    decide: (key, value, lifetimeMs) => {
      const before = living(key);
      const base = before === null || before.unheard ? (before?.base ?? null) : before.value;
      items.set(key, { value: value?.slice() ?? null, endsAt: endOf(lifetimeMs), base, unheard: true });
    },
    unheard: () =>
      [...items.entries()].flatMap(([key, { value, base, endsAt, unheard }]) => {
        const left = endsAt - clock.monotonic();
        if (!unheard || left <= 0) return [];
        return [{ key, value, base, leftMs: left === Number.POSITIVE_INFINITY ? undefined : left }];
      }),
  };
};
