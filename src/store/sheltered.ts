import type { Clock } from '../domain/clock.ts';
import { compareKeys, sameBytes } from './bytes.ts';
import { createMirror } from './mirror.ts';
import { createShelteredDraws } from './sheltered-draws.ts';
import { type Replaced, saysUnusable } from './sqlite-file.ts';
import { createStandInLeases } from './stand-in-leases.ts';
import { StorageFailed } from './storage-failed.ts';
import type { Draw, Store, StoreOptions, Window } from './store.ts';

/** `unwritable`: the file cannot be written now, so what is read from vendors is in memory only. */
export type StorageState = 'ok' | 'unwritable';

/** The embedded store. While its file cannot be written, it goes on in memory; it writes that down when it can again. */
export interface ShelteredStore extends Store {
  state(): StorageState;
  /** Memory of the last values. */
  readonly mirrorBytes: number;
  /** The damaged file that was last replaced; null if none was since the start. */
  replaced(): Replaced | null;
  /** For what only the file can protect: throws `StorageFailed` where the other goes on in memory. */
  readonly protecting: Store;
}

export interface ShelteredOptions {
  readonly open: (onReplaced: (replaced: Replaced) => void) => Store;
  readonly clock: Clock;
  readonly onState?: (state: StorageState, why: string) => void;
  /** What the last values may take of memory. */
  readonly mirrorBytesMax?: number;
}

/** How often the file is tried while it cannot be written. */
const probeEveryMs = 1_000;
const probeKey = 'probe/1';
const probeKeptMs = 60_000;

const lifetimeOf = (leftMs: number | undefined): StoreOptions => (leftMs === undefined ? {} : { expiresInMs: leftMs });

export const openShelteredStore = ({ open, clock, onState, mirrorBytesMax }: ShelteredOptions): ShelteredStore => {
  const memory = createMirror(clock, mirrorBytesMax);
  const draws = createShelteredDraws(() => file, clock);
  const leases = createStandInLeases(() => file, clock);
  let state: StorageState = 'ok';
  let replaced: Replaced | null = null;
  let stopProbing = () => {};

  const onReplaced = (by: Replaced): void => {
    replaced = by;
    // The driver executes each of these at once, so they are in the file before anybody looks for them.
    for (const { key, value, leftMs } of memory.written()) {
      if (value !== null) void file.compareAndSet(key, null, value, lifetimeOf(leftMs)).catch(() => false);
    }
    void draws.countAgain();
  };
  const file = open(onReplaced);

  const report = (next: StorageState, why: string): void => {
    if (state === next) return;
    state = next;
    onState?.(next, why);
  };

  /** Writes what memory holds; the file counts as writable once everything is in it. */
  const writeBack = async (): Promise<void> => {
    await file.set(probeKey, new Uint8Array([1]), { expiresInMs: probeKeptMs });
    await draws.written();
    for (const { key, value, leftMs } of memory.pending()) {
      if (value === null) await file.delete(key);
      else await file.set(key, value, lifetimeOf(leftMs));
      // Unless something else has been decided meanwhile.
      const decided = memory.decided(key);
      if (decided !== null && sameBytes(decided.value, value)) memory.wrote(key, value, leftMs);
    }
  };
  const probeLater = (): void => {
    stopProbing = clock.after(probeEveryMs, () => {
      writeBack().then(
        () => report('ok', ''),
        () => probeLater(),
      );
    });
  };

  /** Notes that the file cannot be used; throws whatever else it is. */
  const failed = (thrown: unknown): StorageFailed => {
    if (!saysUnusable(thrown)) throw thrown;
    const why = thrown instanceof Error ? thrown.message : 'unknown';
    if (state === 'ok') {
      report('unwritable', why);
      probeLater();
    }
    return new StorageFailed(why, { cause: thrown });
  };
  const sheltered = async <T>(through: () => Promise<T>, without: () => T | Promise<T>): Promise<T> => {
    try {
      return await through();
    } catch (thrown) {
      failed(thrown);
      return without();
    }
  };
  const protectedBy = async <T>(through: () => Promise<T>): Promise<T> => {
    try {
      return await through();
    } catch (thrown) {
      throw failed(thrown);
    }
  };

  const setInFile = async (key: string, value: Uint8Array, options?: StoreOptions): Promise<void> => {
    await file.set(key, value, options);
    memory.wrote(key, value, options?.expiresInMs);
  };
  const setIfInFile = async (
    key: string,
    expected: Uint8Array | null,
    next: Uint8Array,
    options?: StoreOptions,
  ): Promise<boolean> => {
    const done = await file.compareAndSet(key, expected, next, options);
    if (done) memory.wrote(key, next, options?.expiresInMs);
    return done;
  };
  const deleteInFile = async (key: string): Promise<void> => {
    await file.delete(key);
    memory.wrote(key, null);
  };

  const set: Store['set'] = (key, value, options) =>
    sheltered(
      () => setInFile(key, value, options),
      () => memory.decide(key, value, options?.expiresInMs),
    );

  const judge = (counter: string, window: Window, amount: number): Promise<Draw> =>
    sheltered(
      () => draws.inFile(counter, window, amount),
      () => draws.inMemory(counter, window, amount),
    );

  return {
    kind: file.kind,
    durable: file.durable,
    state: () => state,
    get mirrorBytes() {
      return memory.bytes;
    },
    replaced: () => replaced,
    protecting: {
      ...file,
      get: (key) => protectedBy(() => file.get(key)),
      keys: (prefix, limit, after) => protectedBy(() => file.keys(prefix, limit, after)),
      set: (key, value, options) => protectedBy(() => setInFile(key, value, options)),
      compareAndSet: (key, expected, next, options) => protectedBy(() => setIfInFile(key, expected, next, options)),
      delete: (key) => protectedBy(() => deleteInFile(key)),
      acquire: (lease, durationMs) => protectedBy(() => file.acquire(lease, durationMs)),
    },
    get: async (key) => {
      const decided = memory.decided(key);
      if (decided !== null) return decided.value?.slice() ?? null;
      return sheltered(
        () => file.get(key),
        () => memory.get(key)?.slice() ?? null,
      );
    },
    set,
    compareAndSet: async (key, expected, next, options) => {
      const decided = memory.decided(key);
      if (decided !== null) {
        if (!sameBytes(decided.value, expected)) return false;
        await set(key, next, options);
        return true;
      }
      return sheltered(
        () => setIfInFile(key, expected, next, options),
        async () => {
          const read = await file.get(key).catch(() => memory.get(key));
          const now = memory.decided(key);
          const fits = sameBytes(now === null ? read : now.value, expected);
          if (fits) memory.decide(key, next, options?.expiresInMs);
          return fits;
        },
      );
    },
    delete: (key) =>
      sheltered(
        () => deleteInFile(key),
        () => memory.decide(key, null),
      ),
    keys: async (prefix, limit, after) => {
      const decided = memory
        .pending()
        .filter(({ key }) => key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0));
      const names = new Set(
        await sheltered(
          () => file.keys(prefix, limit + decided.length, after),
          () => [],
        ),
      );
      for (const { key, value } of decided) {
        if (value === null) names.delete(key);
        else names.add(key);
      }
      return [...names].sort(compareKeys).slice(0, limit);
    },
    draw: judge,
    spent: (counter, window) => judge(counter, window, 0),
    acquire: (name, durationMs) =>
      sheltered(
        () => leases.fromStore(name, durationMs),
        () => leases.here(name, durationMs),
      ),
    close: async () => {
      stopProbing();
      if (state === 'unwritable') await writeBack().catch(() => {});
      await file.close();
      await leases.close();
    },
  };
};
