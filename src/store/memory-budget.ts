import type { Clock } from '../domain/clock.ts';

/** One bound of bytes over everything that stands on its shelves. */
export interface MemoryBudget {
  shelf<Value>(options: ShelfOptions): Shelf<Value>;
  readonly bytes: number;
  readonly bytesMax: number;
}

export interface ShelfOptions {
  readonly keepMs: number;
  /** How much worse it is to lose one of these values than one of weight 1. */
  readonly lossWeight: number;
}

/** What makes a value large. Values with the same content are counted with its bytes once. */
export interface Content {
  readonly of: object;
  readonly bytes: () => number;
  /** What this value holds beside the content. */
  readonly besideBytes: number;
}

export interface Shelf<Value> {
  get(key: string): Value | undefined;
  /** False: it is larger than the whole budget and is not kept. */
  set(key: string, value: Value, content: Content): boolean;
  delete(key: string): void;
}

interface Entry {
  readonly content: object;
  readonly ownBytes: number;
  readonly lossWeight: number;
  /** Monotonic. */
  readonly endsAt: number;
  readonly forget: () => void;
}

interface Held {
  readonly bytes: number;
  holders: number;
}

/** What an entry takes beside its content and key. */
const entryBytes = 600;
const bytesPerCharacter = 2;
/** Of so many entries that were not used for longest, the one goes that frees the most for the smallest loss. */
const candidatesMax = 8;
const sweepMs = 60_000;

export const createMemoryBudget = (clock: Clock, bytesMax: number): MemoryBudget => {
  /** The least recently used first. */
  const entries = new Set<Entry>();
  const contents = new Map<object, Held>();
  let bytes = 0;
  let sweptAt = clock.monotonic();

  const isOver = (entry: Entry): boolean => entry.endsAt <= clock.monotonic();

  const remove = (entry: Entry): void => {
    entries.delete(entry);
    entry.forget();
    bytes -= entry.ownBytes;
    const held = contents.get(entry.content);
    if (held === undefined) return;
    held.holders -= 1;
    if (held.holders > 0) return;
    contents.delete(entry.content);
    bytes -= held.bytes;
  };

  const gainOf = (entry: Entry): number => {
    if (isOver(entry)) return Number.POSITIVE_INFINITY;
    const held = contents.get(entry.content);
    return (entry.ownBytes + (held?.holders === 1 ? held.bytes : 0)) / entry.lossWeight;
  };

  const victimBeside = (newcomer: Entry): Entry | null => {
    let victim: Entry | null = null;
    let gain = 0;
    let seen = 0;
    for (const entry of entries) {
      if (entry === newcomer) continue;
      if (gainOf(entry) > gain) {
        victim = entry;
        gain = gainOf(entry);
      }
      seen += 1;
      if (seen === candidatesMax) break;
    }
    return victim;
  };

  const sweep = (): void => {
    if (clock.monotonic() - sweptAt < sweepMs) return;
    sweptAt = clock.monotonic();
    for (const entry of [...entries].filter(isOver)) remove(entry);
  };

  const add = (entry: Entry, contentBytes: number): void => {
    const held = contents.get(entry.content);
    if (held === undefined) {
      contents.set(entry.content, { bytes: contentBytes, holders: 1 });
      bytes += contentBytes;
    } else held.holders += 1;
    entries.add(entry);
    bytes += entry.ownBytes;
    while (bytes > bytesMax) {
      const victim = victimBeside(entry);
      if (victim === null) return;
      remove(victim);
    }
  };

  return {
    get bytes() {
      return bytes;
    },
    bytesMax,
    shelf: <Value>({ keepMs, lossWeight }: ShelfOptions): Shelf<Value> => {
      const shelved = new Map<string, { readonly value: Value; readonly entry: Entry }>();
      return {
        get: (key) => {
          const found = shelved.get(key);
          if (found === undefined) return undefined;
          if (isOver(found.entry)) {
            remove(found.entry);
            return undefined;
          }
          entries.delete(found.entry);
          entries.add(found.entry);
          return found.value;
        },
        delete: (key) => {
          const found = shelved.get(key);
          if (found !== undefined) remove(found.entry);
        },
        set: (key, value, content) => {
          sweep();
          const before = shelved.get(key);
          const contentBytes = contents.get(content.of)?.bytes ?? content.bytes();
          if (before !== undefined) remove(before.entry);
          const ownBytes = entryBytes + key.length * bytesPerCharacter + content.besideBytes;
          if (contentBytes + ownBytes > bytesMax) return false;
          const forget = () => void shelved.delete(key);
          const endsAt = clock.monotonic() + keepMs;
          const entry = { content: content.of, ownBytes, lossWeight, endsAt, forget };
          shelved.set(key, { value, entry });
          add(entry, contentBytes);
          return true;
        },
      };
    },
  };
};
