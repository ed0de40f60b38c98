import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Audit } from './audit.ts';
import type { Act, Asked, Outcome } from './entry.ts';
import type { JournalRecord, WriteJournal } from './journal.ts';
import type { Look, WriteKind } from './kind.ts';
import { notDone, outcomeUnknown, storedFailure } from './outcome.ts';

/** Looks up the outcome of writes without an answer. */
export interface Settler {
  register(kind: WriteKind): void;
  /** Looks a write up once; `unclear` if the vendor does not answer. */
  lookFor(act: Act): Promise<Look>;
  /** Looks up one write that no process is working on, and writes the outcome into the journal. Resolves at the deadline at the latest. */
  settle(id: string, deadline: number): Promise<void>;
  /** Looks it up repeatedly until it is settled. */
  watch(id: string): void;
  /** Starts to look for writes that other processes left open, now and periodically. */
  start(): void;
  close(): void;
}

export interface SettlerOptions {
  readonly journal: WriteJournal;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly connections: readonly Connection[];
}

const millisecondsPerSecond = 1_000;
const lookMsMax = 20 * millisecondsPerSecond;
const leaseMs = lookMsMax + 5 * millisecondsPerSecond;
const waitsMs = [2, 5, 10, 15, 20, 30, 60, 120].map((seconds) => seconds * millisecondsPerSecond);
const sweepEveryMs = 10 * millisecondsPerSecond;
/** After this time the outcome stays unknown. */
const giveUpMs = 24 * 3_600 * millisecondsPerSecond;

export const openSettler = ({ journal, store, clock, log, audit, connections }: SettlerOptions): Settler => {
  const kinds = new Map<string, WriteKind>();
  const watched = new Map<string, () => void>();
  let stopSweeping = () => {};
  let closed = false;

  const connectionOf = ({ connection, storageKey }: Act): Connection | undefined =>
    connections.find((each) => each.id === connection && each.storageKey === storageKey);

  const lookFor = async (act: Act): Promise<Look> => {
    const connection = connectionOf(act);
    const kind = kinds.get(act.kind);
    if (connection === undefined || kind === undefined) return 'unclear';
    try {
      return await kind.look(connection, act.subject, clock.monotonic() + lookMsMax);
    } catch {
      return 'unclear';
    }
  };

  const outcomeOf = (look: Look, asked: Asked, act: Act): Outcome | null => {
    const now = clock.now();
    if (typeof look === 'object') return { result: look.seen };
    if (look === 'absent' && now >= act.conclusiveAt) {
      return { failure: storedFailure(notDone(Math.round((now - act.sentAt) / millisecondsPerSecond))) };
    }
    return now - act.sentAt < giveUpMs ? null : { failure: storedFailure(outcomeUnknown(asked.id)) };
  };

  const clear = async (id: string, turn: string | null): Promise<void> => {
    if (turn !== null) await journal.endTurn(turn, id);
    await journal.unlist(id);
  };

  /** Null once the write is settled; else the time in milliseconds until a look-up can decide, 0 if not known. */
  const settleRecord = async (record: JournalRecord | null, id: string): Promise<number | null> => {
    if (record === null || record.entry.state === 'done' || record.entry.state === 'released') {
      await clear(id, null);
      return null;
    }
    const { entry } = record;
    if (await journal.isClaimed(id)) return 0;
    if (entry.state === 'started') {
      await journal.unlist(id);
      return null;
    }
    const unknown = entry.state === 'unknown' ? record : await journal.advance(record, { ...entry, state: 'unknown' });
    if (unknown === null) return 0;
    const { act, ...asked } = entry;
    const outcome = outcomeOf(await lookFor(act), asked, act);
    if (outcome === null) return act.conclusiveAt - clock.now();
    const done = await journal.advance(unknown, { ...asked, state: 'done', outcome });
    if (done === null) return 0;
    await clear(id, act.turn);
    audit(asked, act, 'result' in outcome ? 'seen to be done' : 'seen not to be done');
    const connection = connectionOf(act);
    if (connection !== undefined) await kinds.get(act.kind)?.affected(connection);
    return null;
  };

  /** As `settleRecord`, by one process at a time. */
  const settle = async (id: string): Promise<number | null> => {
    const lease = await store.acquire(`write/1/look/${id}`, leaseMs);
    if (lease === null) return 0;
    try {
      return await settleRecord(await journal.read(id), id);
    } finally {
      await lease.release().catch(() => undefined);
    }
  };

  /** Looks again after the pause of this round, or after `decidableMs` if that is sooner. */
  const schedule = (id: string, round: number, decidableMs: number): void => {
    const pause = waitsMs[Math.min(round, waitsMs.length - 1)] ?? millisecondsPerSecond;
    const again = async (): Promise<void> => {
      const wait = await settle(id).catch(() => 0);
      if (closed) return;
      if (wait === null) watched.delete(id);
      else schedule(id, round + 1, wait);
    };
    watched.set(
      id,
      clock.after(decidableMs > 0 ? Math.min(pause, decidableMs) : pause, () => void again()),
    );
  };

  const watch = (id: string): void => {
    if (!closed && !watched.has(id)) schedule(id, 0, 0);
  };

  const sweep = async (): Promise<void> => {
    try {
      for (const id of await journal.listed()) watch(id);
    } catch (cause) {
      log.warn({ cause: cause instanceof Error ? cause.message : 'unknown' }, 'the write journal cannot be read');
    }
    if (!closed) stopSweeping = clock.after(sweepEveryMs, () => void sweep());
  };

  return {
    register: (kind) => {
      kinds.set(kind.name, kind);
    },
    lookFor,
    settle: (id, deadline) =>
      new Promise((resolve, reject) => {
        const cancel = clock.after(deadline - clock.monotonic(), resolve);
        settle(id)
          .then(() => resolve(), reject)
          .finally(cancel);
      }),
    watch,
    start: () => void sweep(),
    close: () => {
      closed = true;
      stopSweeping();
      for (const cancel of watched.values()) cancel();
    },
  };
};
