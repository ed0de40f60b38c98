import type { Clock } from '../domain/clock.ts';
import { awaited } from './awaited.ts';
import { compareKeys, sameBytes } from './bytes.ts';
import { createMirror, type PendingEntry } from './mirror.ts';
import { createOwnShare } from './own-share.ts';
import { recordDraws, recordPending, recordSeen } from './record-draws.ts';
import { type OnState, type SharedStore, StoreEmptied, type StoreState } from './redis.ts';
import { checkAmount } from './rolling-window.ts';
import { createStandInLeases } from './stand-in-leases.ts';
import type { Draw, Store, Window } from './store.ts';

/** A shared store with a fallback: while it is lost, this process uses the values it last saw and its share of the quotas. */
export interface InsuredStore extends Store {
  state(): StoreState;
  lost(): boolean;
  /** Memory of the last values. */
  readonly mirrorBytes: number;
  /** The store without the fallback: it throws while it is lost. */
  readonly shared: SharedStore;
  /** As `shared`, for what is only safe when shared. What this process sets is put back if the store is emptied. */
  readonly protecting: Store;
}

export interface InsuredOptions {
  readonly open: (onState: OnState, onEmptied: () => void) => SharedStore;
  readonly clock: Clock;
  /** How many processes share the quotas. */
  readonly replicas: number;
  readonly onState?: OnState;
  /** What the last values may take of memory. */
  readonly mirrorBytesMax?: number;
  /** How long what must be protected waits for a lost store. */
  readonly returnMsMax?: number;
}

/**
 * After the store was emptied, every replica puts back what it knows of. Until all have had the time to notice, each
 * draws from its own share only.
 */
const restoringMs = 3_000;
/** How many entries are written to the store at the same time when it is back. */
const syncBatchSize = 32;

const inBatches = async (
  entries: readonly PendingEntry[],
  work: (entry: PendingEntry) => Promise<unknown>,
): Promise<void> => {
  for (let at = 0; at < entries.length; at += syncBatchSize)
    await Promise.all(entries.slice(at, at + syncBatchSize).map(work));
};

export const openInsuredStore = ({
  open,
  clock,
  replicas,
  onState,
  returnMsMax = 0,
  mirrorBytesMax,
}: InsuredOptions): InsuredStore => {
  const mirror = createMirror(clock, mirrorBytesMax);
  const share = createOwnShare(clock, replicas);
  const leases = createStandInLeases(() => shared, clock);
  let syncing: Promise<void> | null = null;

  /** Stores the value in place of what is expected there; resolves with whether it stands. */
  const place = async ({ key, value, leftMs }: PendingEntry, expected: Uint8Array | null): Promise<boolean> =>
    value !== null && shared.compareAndSet(key, expected, value, leftMs === undefined ? {} : { expiresInMs: leftMs });

  /** Writes to the store what was decided without it. A value that another process wrote meanwhile is kept. */
  const sync = async (): Promise<void> => {
    await recordPending(shared, share);
    await inBatches(mirror.pending(), async (entry) => {
      const { key, value, base, leftMs } = entry;
      if (value === null) await shared.delete(key);
      mirror.wrote(key, (await place(entry, base)) ? value : null, leftMs);
    });
  };

  /** Null unless the store was emptied a moment ago. */
  let restoring: Promise<void> | null = null;
  const restore = async (): Promise<void> => {
    for (const draws of await share.shared()) await recordDraws(shared, draws);
    await inBatches(mirror.written(), (entry) => place(entry, null));
    await clock.sleep(restoringMs);
    // What other replicas had drawn may still be missing.
    await recordSeen(shared, share);
    await sync();
  };
  const onEmptied = (): void => {
    if (restoring !== null) return;
    const run = restore()
      .catch(() => {})
      .finally(() => {
        if (restoring === run) restoring = null;
      });
    restoring = run;
  };

  const shared = open((state, why) => {
    if (state === 'ok') {
      const run = (shared.checkEpoch?.() ?? Promise.resolve())
        .then(() => (restoring === null ? sync() : undefined))
        .catch(() => {})
        .finally(() => {
          if (syncing === run) syncing = null;
        });
      syncing = run;
    }
    onState?.(state, why);
  }, onEmptied);

  /** Uses the store, or the fallback. A RangeError is the caller's own mistake and is thrown. */
  const insured = async <T>(through: () => Promise<T>, without: () => T | Promise<T>): Promise<T> => {
    if (syncing !== null) await syncing;
    if (shared.state() === 'lost') return without();
    try {
      return await through();
    } catch (thrown) {
      if (thrown instanceof RangeError) throw thrown;
      return without();
    }
  };

  const judge = (counter: string, window: Window, amount: number): Promise<Draw> =>
    insured(
      async () => {
        if (restoring !== null) throw new StoreEmptied('the store is being filled again');
        const draw = await shared.draw(counter, window, amount);
        share.see(counter, window, draw.spent);
        if (draw.granted && amount > 0) await share.note(counter, window, amount);
        return draw;
      },
      () => {
        checkAmount(amount);
        return share.draw(counter, window, amount);
      },
    );

  const protecting: Store = {
    ...shared,
    set: async (key, value, options) => {
      await shared.set(key, value, options);
      mirror.wrote(key, value, options?.expiresInMs);
    },
    delete: async (key) => {
      await shared.delete(key);
      mirror.wrote(key, null);
    },
  };

  return {
    kind: 'redis',
    durable: shared.durable,
    state: shared.state,
    lost: () => shared.state() === 'lost',
    get mirrorBytes() {
      return mirror.bytes;
    },
    shared,
    protecting: awaited(protecting, { clock, lost: () => shared.state() === 'lost', waitMsMax: returnMsMax }),
    get: (key) =>
      insured(
        async () => {
          const value = await shared.get(key);
          mirror.see(key, value);
          return value;
        },
        () => mirror.get(key)?.slice() ?? null,
      ),
    set: (key, value, options) =>
      insured(
        async () => {
          await shared.set(key, value, options);
          mirror.wrote(key, value, options?.expiresInMs);
        },
        () => mirror.decide(key, value, options?.expiresInMs),
      ),
    compareAndSet: (key, expected, next, options) =>
      insured(
        async () => {
          const done = await shared.compareAndSet(key, expected, next, options);
          if (done) mirror.wrote(key, next, options?.expiresInMs);
          return done;
        },
        () => {
          const fits = sameBytes(mirror.get(key), expected);
          if (fits) mirror.decide(key, next, options?.expiresInMs);
          return fits;
        },
      ),
    delete: (key) =>
      insured(
        async () => {
          await shared.delete(key);
          mirror.wrote(key, null);
        },
        () => mirror.decide(key, null),
      ),
    keys: (prefix, limit, after) =>
      insured(
        () => shared.keys(prefix, limit, after),
        () =>
          mirror
            .keys(prefix)
            .filter((key) => after === undefined || compareKeys(key, after) > 0)
            .sort(compareKeys)
            .slice(0, limit),
      ),
    draw: judge,
    spent: (counter, window) => judge(counter, window, 0),
    acquire: (name, durationMs) =>
      insured(
        () => leases.fromStore(name, durationMs),
        () => leases.here(name, durationMs),
      ),
    close: async () => {
      await shared.close();
      await leases.close();
    },
  };
};
