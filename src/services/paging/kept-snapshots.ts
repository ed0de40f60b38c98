import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { packText, unpackText } from '../../store/packed-text.ts';
import type { Store } from '../../store/store.ts';
import { digestOf, partItems, partsOf, partText, type Snapshot, snapshotId } from './snapshot.ts';

/** What the store holds of a snapshot besides its items. */
export interface KeptSnapshot {
  readonly question: string;
  readonly rest: Snapshot<unknown>['rest'];
  readonly length: number;
  /** The digest of its items, under which they are stored. */
  readonly items: string;
}

/** Snapshots in the store: their further pages can be read on every replica and after a restart. */
export interface KeptSnapshots {
  /** Resolves with its id once it can be found; its items follow. */
  keep(question: string, snapshot: Snapshot<unknown>): Promise<string>;
  find(id: string): Promise<KeptSnapshot | null>;
  /** Null: they are gone. */
  items(kept: KeptSnapshot, from: number, to: number): Promise<unknown[] | null>;
  /** Resolves when everything that was to be kept is written. */
  settled(): Promise<void>;
}

export interface KeptSnapshotOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly onFault: (what: string, cause: unknown) => void;
  readonly bytesMax?: number;
}

const keptForMs = 30 * 60_000;
/** One that was kept more recently is not written again. */
const renewAfterMs = 15 * 60_000;
/** How much of the store the snapshots of this process may use. */
const bytesMaxDefault = 64 * 1024 * 1024;
/** As many are written behind the answers; the next answer waits. */
const writingMax = 8;
/** Another process may still be writing the part. */
const partWaitMsMax = 2_000;
const partPollMs = 50;

const keptSchema = z.object({
  question: z.string(),
  rest: z.record(z.string(), z.unknown()),
  length: z.int().min(1),
  items: z.string(),
});
const partSchema = z.array(z.unknown());

const keyOf = (id: string): string => `page/1/${id}`;
const partKey = (items: string, part: number): string => `page/1/items/${items}/${part}`;

interface Written {
  readonly until: number;
  readonly parts: number;
  bytes: number;
}

export const keepSnapshots = (options: KeptSnapshotOptions): KeptSnapshots => {
  const { store, clock, onFault, bytesMax = bytesMaxDefault } = options;
  /** When each snapshot has to be written again. */
  const indexes = new Map<string, number>();
  /** By digest of the items; the oldest first. */
  const written = new Map<string, Written>();
  const writing = new Set<Promise<void>>();
  let bytes = 0;

  const remove = (items: string, entry: Written): void => {
    written.delete(items);
    bytes -= entry.bytes;
    if (entry.until + keptForMs - renewAfterMs <= clock.monotonic()) return;
    for (let part = 0; part < entry.parts; part += 1) void store.delete(partKey(items, part)).catch(() => {});
  };
  const sweep = (): void => {
    const now = clock.monotonic();
    // Both are in the order in which they were written, so what stands behind one that stays, stays too.
    for (const [id, until] of indexes) {
      if (until > now) break;
      indexes.delete(id);
    }
    for (const [items, entry] of written) {
      if (bytes <= bytesMax) break;
      remove(items, entry);
    }
  };

  const writeParts = async (digest: string, items: readonly unknown[], entry: Written): Promise<void> => {
    for (let part = 0; part < entry.parts && written.get(digest) === entry; part += 1) {
      const packed = await packText(partText(items, part));
      await store.set(partKey(digest, part), packed, { expiresInMs: keptForMs });
      if (written.get(digest) !== entry) {
        await store.delete(partKey(digest, part));
        return;
      }
      entry.bytes += packed.length;
      bytes += packed.length;
      sweep();
    }
  };
  const keepItems = (digest: string, items: readonly unknown[]): void => {
    const before = written.get(digest);
    if (before !== undefined && before.until > clock.monotonic()) return;
    if (before !== undefined) {
      written.delete(digest);
      bytes -= before.bytes;
    }
    const entry = { until: clock.monotonic() + renewAfterMs, parts: partsOf(items), bytes: 0 };
    written.set(digest, entry);
    const run = writeParts(digest, items, entry)
      .catch((cause) => {
        written.delete(digest);
        onFault('further pages could not be stored: their cursors work on this replica only', cause);
      })
      .finally(() => writing.delete(run));
    writing.add(run);
  };

  const parse = async <T>(schema: z.ZodType<T>, key: string): Promise<T | null> => {
    try {
      const packed = await store.get(key);
      return packed === null ? null : (schema.safeParse(JSON.parse(await unpackText(packed))).data ?? null);
    } catch {
      return null;
    }
  };
  const readPart = async (items: string, part: number): Promise<readonly unknown[] | null> => {
    const giveUpAt = clock.monotonic() + partWaitMsMax;
    for (;;) {
      const found = await parse(partSchema, partKey(items, part));
      if (found !== null || clock.monotonic() >= giveUpAt) return found;
      await clock.sleep(partPollMs);
    }
  };

  return {
    keep: async (question, snapshot) => {
      const { items, rest } = snapshot;
      while (writing.size >= writingMax) await Promise.race(writing);
      const digest = await digestOf(items);
      const id = snapshotId(question, rest, digest);
      keepItems(digest, items);
      sweep();
      if (!indexes.has(id)) {
        indexes.set(id, clock.monotonic() + renewAfterMs);
        const kept: KeptSnapshot = { question, rest, length: items.length, items: digest };
        await store.set(keyOf(id), await packText(JSON.stringify(kept)), { expiresInMs: keptForMs }).catch((cause) => {
          indexes.delete(id);
          onFault('further pages could not be stored: their cursors work on this replica only', cause);
        });
      }
      return id;
    },
    find: (id) => parse(keptSchema, keyOf(id)),
    items: async ({ items, length }, from, to) => {
      const end = Math.min(to, length);
      const first = Math.floor(from / partItems);
      const found: unknown[] = [];
      for (let part = first; part * partItems < end; part += 1) {
        const some = await readPart(items, part);
        if (some === null) return null;
        found.push(...some);
      }
      return found.slice(from - first * partItems, end - first * partItems);
    },
    settled: async () => {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
};
