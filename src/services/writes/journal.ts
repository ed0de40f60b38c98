import type { Clock } from '../../domain/clock.ts';
import { millisecondsPerDay } from '../../domain/day.ts';
import type { Store } from '../../store/store.ts';
import { type Entry, entrySchema } from './entry.ts';

/** An entry as it was read. It can be replaced only while it is unchanged. */
export interface JournalRecord<E extends Entry = Entry> {
  readonly entry: E;
  readonly bytes: Uint8Array;
}

/** Shows that a process is working on an entry. Renewed while it works; expires soon after the process ends. */
export interface Claim {
  end(): Promise<void>;
}

/** Journal of writes in the store, which survives restarts. Every method throws if the store does. */
export interface WriteJournal {
  read(id: string): Promise<JournalRecord | null>;
  /** Replaces `before`, or creates an entry if it is null. Returns null if another process changed it first. */
  advance<E extends Entry>(before: JournalRecord | null, next: E): Promise<JournalRecord<E> | null>;
  claim(id: string): Promise<Claim | null>;
  isClaimed(id: string): Promise<boolean>;
  /** A write is listed from before it is sent until its outcome is known. */
  list(id: string): Promise<void>;
  unlist(id: string): Promise<void>;
  listed(): Promise<string[]>;
  /** Locks equal writes. Null if this write has the lock, else the id of the one that has it. */
  takeTurn(turn: string, id: string): Promise<string | null>;
  endTurn(turn: string, id: string): Promise<void>;
}

/** After this time a key may be used for another request. */
const doneMs = millisecondsPerDay;
/** Longer than any request. A lost claim shows much sooner that the process has ended. */
const startedMs = 3_600_000;
/** Lifetime of an entry that cannot be settled. */
const openMs = 7 * millisecondsPerDay;
const claimMs = 10_000;
const renewEveryMs = 3_000;
const listedMax = 1_000;

const lifetimes = {
  started: startedMs,
  sent: openMs,
  unknown: openMs,
  done: doneMs,
  released: 60_000,
} as const satisfies Record<Entry['state'], number>;

/** As long as a caller may repeat the key: a key that the vendor holds a failure under must not be sent again. */
const lifetimeOf = (entry: Entry): number =>
  entry.state === 'released' && entry.keySpent === true ? doneMs : lifetimes[entry.state];

const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Null for an entry that cannot be read. It counts as absent and may be replaced. */
const readEntry = (bytes: Uint8Array): Entry | null => {
  try {
    return entrySchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
};

export const createWriteJournal = (store: Store, clock: Clock): WriteJournal => {
  const entryKey = (id: string) => `write/1/entry/${id}`;
  const claimKey = (id: string) => `write/1/claim/${id}`;
  const listPrefix = 'write/1/open/';
  const turnKey = (turn: string) => `write/1/turn/${turn}`;

  const renewClaim = (id: string, mark: Uint8Array): Claim => {
    let ended = false;
    let cancel = () => {};
    const renew = async (): Promise<void> => {
      const renewed = await store.compareAndSet(claimKey(id), mark, mark, { expiresInMs: claimMs }).catch(() => true);
      if (renewed && !ended) cancel = clock.after(renewEveryMs, () => void renew());
    };
    cancel = clock.after(renewEveryMs, () => void renew());
    return {
      end: async () => {
        ended = true;
        cancel();
        const ours = await store.compareAndSet(claimKey(id), mark, mark, { expiresInMs: claimMs }).catch(() => false);
        if (ours) await store.delete(claimKey(id)).catch(() => undefined);
      },
    };
  };

  const read: WriteJournal['read'] = async (id) => {
    const bytes = await store.get(entryKey(id));
    const entry = bytes === null ? null : readEntry(bytes);
    return bytes === null || entry === null ? null : { entry, bytes };
  };
  const advance: WriteJournal['advance'] = async (before, next) => {
    const bytes = jsonBytes(next);
    const key = entryKey(next.id);
    const lifetime = { expiresInMs: lifetimeOf(next) };
    if (await store.compareAndSet(key, before?.bytes ?? null, bytes, lifetime)) return { entry: next, bytes };
    if (before !== null) return null;
    const found = await store.get(key);
    if (found === null || readEntry(found) !== null) return null;
    return (await store.compareAndSet(key, found, bytes, lifetime)) ? { entry: next, bytes } : null;
  };
  const isClaimed = async (id: string): Promise<boolean> => (await store.get(claimKey(id))) !== null;

  /** Whether the write has ended. One that was left before it was sent is released here. */
  const isOver = async (id: string): Promise<boolean> => {
    const record = await read(id);
    if (record === null || record.entry.state === 'done' || record.entry.state === 'released') return true;
    if (record.entry.state !== 'started' || (await isClaimed(id))) return false;
    return (await advance(record, { ...record.entry, state: 'released' })) !== null;
  };

  return {
    read,
    advance,
    isClaimed,
    claim: async (id) => {
      const mark = jsonBytes(clock.id());
      const taken = await store.compareAndSet(claimKey(id), null, mark, { expiresInMs: claimMs });
      return taken ? renewClaim(id, mark) : null;
    },
    list: (id) => store.set(`${listPrefix}${id}`, jsonBytes(id), { expiresInMs: openMs }),
    unlist: (id) => store.delete(`${listPrefix}${id}`),
    listed: async () => (await store.keys(listPrefix, listedMax)).map((key) => key.slice(listPrefix.length)),
    takeTurn: async (turn, id) => {
      const lifetime = { expiresInMs: openMs };
      for (;;) {
        const holder = await store.get(turnKey(turn));
        const other = holder === null ? null : Buffer.from(holder).toString('utf8').slice(1, -1);
        if (other === id) return null;
        if (other !== null && !(await isOver(other))) return other;
        if (await store.compareAndSet(turnKey(turn), holder, jsonBytes(id), lifetime)) return null;
      }
    },
    endTurn: async (turn, id) => {
      const holder = await store.get(turnKey(turn));
      if (holder !== null && Buffer.compare(holder, jsonBytes(id)) === 0) await store.delete(turnKey(turn));
    },
  };
};
