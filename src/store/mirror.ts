import { LRUCache } from 'lru-cache';
import type { Clock } from '../domain/clock.ts';

/** Larger values are cached vendor data, which is in the memory of the process already. */
const mirroredValueBytesMax = 64 * 1024;
/** Further pages are many, and are no state of the gateway: they must not push out what is. */
const isMirrored = (key: string): boolean => !key.startsWith('page/');

interface Item {
  /** Null: deleted while the store was lost. */
  readonly value: Uint8Array | null;
  /** Monotonic. */
  readonly endsAt: number;
  /** What the store last held, as far as this process knows. */
  readonly base: Uint8Array | null;
  /** Not written to the store yet. */
  readonly pending: boolean;
  /** Written by this process, so that its end is known. */
  readonly own: boolean;
}

export interface PendingEntry {
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly base: Uint8Array | null;
  /** Undefined: no expiry. */
  readonly leftMs: number | undefined;
}

/** The last values that this process saw in a shared store, for use while that is lost; the least recently used are evicted. */
export interface Mirror {
  get(key: string): Uint8Array | null;
  keys(prefix: string): string[];
  /** The store holds this, as it was read. */
  see(key: string, value: Uint8Array | null): void;
  /** The store holds this, because this process wrote it. */
  wrote(key: string, value: Uint8Array | null, lifetimeMs?: number): void;
  /** Sets the value, to be written to the store when it is back. */
  decide(key: string, value: Uint8Array | null, lifetimeMs?: number): void;
  /** What was decided for this key and is not in the store yet; a null value stands for a removal. Null: nothing. */
  decided(key: string): { readonly value: Uint8Array | null } | null;
  pending(): PendingEntry[];
  /** What this process wrote and nobody was seen to change, for a store that has lost it. */
  written(): PendingEntry[];
  readonly bytes: number;
}

/** In use where nobody says how much memory it may take. */
export const mirrorBytesDefault = 16 * 1024 * 1024;

export const createMirror = (clock: Clock, bytesMax: number = mirrorBytesDefault): Mirror => {
  const items = new LRUCache<string, Item>({
    maxSize: bytesMax,
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

  const hold = (key: string, value: Uint8Array | null, endsAt: number, own: boolean): void => {
    if (value === null || value.length > mirroredValueBytesMax || !isMirrored(key)) items.delete(key);
    else items.set(key, { value: value.slice(), endsAt, base: null, pending: false, own });
  };

  const entriesWhere = (wanted: (item: Item) => boolean): PendingEntry[] =>
    [...items.entries()].flatMap(([key, item]) => {
      const left = item.endsAt - clock.monotonic();
      if (!wanted(item) || left <= 0) return [];
      const { value, base } = item;
      return [{ key, value, base, leftMs: left === Number.POSITIVE_INFINITY ? undefined : left }];
    });

  return {
    get: (key) => living(key)?.value ?? null,
    keys: (prefix) =>
      [...items.keys()].filter((key) => key.startsWith(prefix) && (living(key)?.value ?? null) !== null),
    see: (key, value) => {
      const known = living(key);
      if (value !== null && known?.value && Buffer.compare(known.value, value) === 0 && !known.pending) return;
      hold(key, value, Number.POSITIVE_INFINITY, false);
    },
    wrote: (key, value, lifetimeMs) => hold(key, value, endOf(lifetimeMs), true),
    decide: (key, value, lifetimeMs) => {
      if (!isMirrored(key)) return;
      const before = living(key);
      const base = before === null || before.pending ? (before?.base ?? null) : before.value;
      items.set(key, { value: value?.slice() ?? null, endsAt: endOf(lifetimeMs), base, pending: true, own: true });
    },
    decided: (key) => {
      const item = living(key);
      return item?.pending === true ? { value: item.value } : null;
    },
    get bytes() {
      return items.calculatedSize;
    },
    pending: () => entriesWhere((item) => item.pending),
    written: () => entriesWhere((item) => item.own && !item.pending),
  };
};
