import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import { type Entry, entrySchema } from './entry.ts';

/** An entry as it stood when it was read; it can be changed only while it still stands so. */
export interface JournalRecord<E extends Entry = Entry> {
  readonly entry: E;
  readonly bytes: Uint8Array;
}

/** Proof that somebody is at work on an entry. Kept up while they are, gone soon after they are. */
export interface Claim {
  end(): Promise<void>;
}

/** Writes, in the store: what is said here outlives the process. Every method throws where the store does. */
export interface WriteJournal {
  read(id: string): Promise<JournalRecord | null>;
  /** Puts `next` where `before` still stands, or where nothing does; null when somebody else was faster. */
  advance<E extends Entry>(before: JournalRecord | null, next: E): Promise<JournalRecord<E> | null>;
  claim(id: string): Promise<Claim | null>;
  isClaimed(id: string): Promise<boolean>;
  /** From before it is sent until its outcome is known, a write is listed. */
  list(id: string): Promise<void>;
  unlist(id: string): Promise<void>;
  listed(): Promise<string[]>;
  /** One of several equal writes at a time; null if it is this one's turn, else the id of the other. */
  takeTurn(turn: string, id: string): Promise<string | null>;
  endTurn(turn: string, id: string): Promise<void>;
}

const dayMs = 86_400_000;
/** A key may be used for another request this long after its answer. */
const doneMs = dayMs;
/** Longer than any request: a claim tells much sooner that it was left. */
const startedMs = 3_600_000;
/** How long an entry lasts that nobody could settle. */
const openMs = 7 * dayMs;
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

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** Null for what cannot be read: it is as good as nothing, but still stands in the way of who expects nothing. */
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

  const keepUp = (id: string, mark: Uint8Array): Claim => {
    let ended = false;
    let cancel = () => {};
    const renew = async (): Promise<void> => {
      const kept = await store.compareAndSet(claimKey(id), mark, mark, { expiresInMs: claimMs }).catch(() => true);
      if (kept && !ended) cancel = clock.after(renewEveryMs, () => void renew());
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
    const bytes = bytesOf(next);
    const key = entryKey(next.id);
    const lifetime = { expiresInMs: lifetimes[next.state] };
    if (await store.compareAndSet(key, before?.bytes ?? null, bytes, lifetime)) return { entry: next, bytes };
    if (before !== null) return null;
    const found = await store.get(key);
    if (found === null || readEntry(found) !== null) return null;
    return (await store.compareAndSet(key, found, bytes, lifetime)) ? { entry: next, bytes } : null;
  };
  const isClaimed = async (id: string): Promise<boolean> => (await store.get(claimKey(id))) !== null;

  /** Its outcome is known, or it was left before anything was sent and is now kept from being so. */
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
      const mark = bytesOf(clock.id());
      const taken = await store.compareAndSet(claimKey(id), null, mark, { expiresInMs: claimMs });
      return taken ? keepUp(id, mark) : null;
    },
    list: (id) => store.set(`${listPrefix}${id}`, bytesOf(id), { expiresInMs: openMs }),
    unlist: (id) => store.delete(`${listPrefix}${id}`),
    listed: async () => (await store.keys(listPrefix, listedMax)).map((key) => key.slice(listPrefix.length)),
    takeTurn: async (turn, id) => {
      const lifetime = { expiresInMs: openMs };
      for (;;) {
        const holder = await store.get(turnKey(turn));
        const other = holder === null ? null : Buffer.from(holder).toString('utf8').slice(1, -1);
        if (other === id) return null;
        if (other !== null && !(await isOver(other))) return other;
        if (await store.compareAndSet(turnKey(turn), holder, bytesOf(id), lifetime)) return null;
      }
    },
    endTurn: async (turn, id) => {
      const holder = await store.get(turnKey(turn));
      if (holder !== null && Buffer.compare(holder, bytesOf(id)) === 0) await store.delete(turnKey(turn));
    },
  };
};
