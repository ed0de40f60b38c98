import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Audit } from './audit.ts';
import type { Act, Entry } from './entry.ts';
import { jsonDigest } from './fingerprint.ts';
import type { JournalRecord, WriteJournal } from './journal.ts';
import type { Write, WriteAsk } from './kind.ts';
import {
  equalUnderWay,
  meaningOf,
  outcomeUnknown,
  stillRunning,
  storedFailure,
  unprotected,
  withoutEffect,
} from './outcome.ts';
import type { Settler } from './settle.ts';
import { entryIn, sendKeyOf, type WriteTicket } from './ticket.ts';
import type { WriteResult } from './write-result.ts';

export interface PerformerOptions {
  readonly journal: WriteJournal;
  readonly settler: Settler;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  /** True while several replicas run and their shared store cannot be reached. */
  readonly storeLost: () => boolean;
}

/** Time that a call may wait before it is sent, in addition to the vendor's timeout. */
const waitMs = 5_000;
/** Time that a vendor may need to show a write in its lists. */
const conclusiveMsMin = 45_000;
const lookDelaysMs = [0, 1_000, 2_000] as const;

/** How often an outcome is tried to be written while the store is lost: for about ten minutes. */
const recordAgainMs = 250;
const recordAgainMsMax = 5_000;
const recordRoundsMax = 120;

const notSentInTime = (): Failure =>
  new Failure('deadline-exceeded', {
    public: 'The time for this request ran out before the write was sent. Nothing was done.',
    effect: 'never',
  });

export const createPerformer = (options: PerformerOptions) => {
  const { journal, settler, clock, log, audit } = options;

  const warnJournal = (cause: unknown): void =>
    log.warn({ cause: cause instanceof Error ? cause.message : 'unknown' }, 'the write journal cannot be written');

  const actOf = ({ kind, connection, subject, turn, deduplicates }: Write): Act => {
    const sendsMs = (connection.connector.limits.timeoutMs + waitMs) * (deduplicates ? 2 : 1);
    return {
      kind: kind.name,
      connection: connection.id,
      storageKey: connection.storageKey,
      subject,
      turn: turn === null ? null : jsonDigest(connection.storageKey, kind.name, turn),
      sentAt: clock.now(),
      conclusiveAt: clock.now() + Math.max(sendsMs + waitMs, conclusiveMsMin),
    };
  };

  /** Writes the outcome into the journal, even if the entry has changed meanwhile, and releases turn and claim. */
  const record = async (ticket: WriteTicket, act: Act, next: Entry): Promise<void> => {
    const { id, attempt } = ticket.asked;
    let found = ticket.record;
    while (found !== null && found.entry.attempt === attempt && found.entry.state !== 'done') {
      found = (await journal.advance(found, next)) ?? (await journal.read(id));
      if (found?.entry.state === next.state) break;
    }
    if (found === null || found.entry.attempt === attempt) {
      if (act.turn !== null) await journal.endTurn(act.turn, id);
      await journal.unlist(id);
    }
    await ticket.claim?.end();
  };
  /** A known outcome is kept until it can be written: looking for it later may find what others have done since. */
  const recordLater = (ticket: WriteTicket, act: Act, next: Entry, round: number): void => {
    if (round === recordRoundsMax) {
      void ticket.claim?.end();
      settler.watch(ticket.asked.id);
      return;
    }
    clock.after(Math.min(recordAgainMs * 2 ** round, recordAgainMsMax), () => {
      record(ticket, act, next).catch(() => recordLater(ticket, act, next, round + 1));
    });
  };
  const conclude = async (ticket: WriteTicket, act: Act, next: Entry): Promise<void> => {
    try {
      await record(ticket, act, next);
    } catch (cause) {
      warnJournal(cause);
      recordLater(ticket, act, next, 0);
    }
  };

  /** Marks the write as sent in the journal. Harmless writes are sent without a journal if the store fails. */
  const recordSent = async (ticket: WriteTicket, write: Write, act: Act): Promise<void> => {
    const { asked } = ticket;
    const harmless = write.deduplicates || write.kind.repeatable;
    if (!harmless && ticket.unprotected !== null) throw ticket.unprotected;
    if (!harmless && options.storeLost()) throw unprotected();
    if (ticket.unprotected !== null) return;
    try {
      ticket.claim ??= await journal.claim(asked.id);
      ticket.record ??= await journal.advance(null, entryIn('started', asked));
      const other = act.turn === null ? null : await journal.takeTurn(act.turn, asked.id);
      if (other !== null) throw equalUnderWay(other);
      await journal.list(asked.id);
      const sent =
        ticket.record === null ? null : await journal.advance(ticket.record, { ...asked, state: 'sent', act });
      if (sent === null) throw stillRunning();
      ticket.record = sent;
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown;
      warnJournal(thrown);
      if (!harmless) throw unprotected(thrown);
    }
  };

  const sendOnce = (ticket: WriteTicket, write: Write): Promise<WriteResult> => {
    const deadline = clock.monotonic() + write.connection.connector.limits.timeoutMs + waitMs;
    return write.send(write.connection.session({ purpose: 'dashboard', deadline }), sendKeyOf(ticket));
  };

  /** Sends the write. If the outcome is unknown, it is sent again only if the vendor deduplicates it. */
  const deliver = async (ticket: WriteTicket, write: Write): Promise<WriteResult | Failure> => {
    try {
      return await sendOnce(ticket, write);
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!write.deduplicates || meaningOf(failure) !== 'unknown') return failure;
      try {
        return await sendOnce(ticket, write);
      } catch {
        return failure;
      }
    }
  };

  const isStored = (record: JournalRecord | null): record is JournalRecord =>
    record !== null && record.entry.state === 'sent';

  /** Looks up the outcome of a write without an answer, now and later in the background. */
  const lookUp = async (ticket: WriteTicket, write: Write, act: Act): Promise<WriteResult> => {
    const { asked } = ticket;
    try {
      if (isStored(ticket.record)) {
        ticket.record = await journal.advance(ticket.record, { ...asked, state: 'unknown', act });
      }
    } catch (cause) {
      warnJournal(cause);
    }
    for (const pause of lookDelaysMs) {
      if (pause > 0) await clock.sleep(pause);
      const found = await settler.lookFor(act);
      if (typeof found !== 'object') continue;
      await finish(ticket, write, act, found.seen);
      return found.seen;
    }
    await ticket.claim?.end();
    settler.watch(asked.id);
    audit(asked, act, 'unknown');
    throw outcomeUnknown(asked.id);
  };

  const finish = async (ticket: WriteTicket, write: Write, act: Act, result: WriteResult): Promise<void> => {
    await write.kind.affected(write.connection).catch(warnJournal);
    await conclude(ticket, act, { ...ticket.asked, state: 'done', outcome: { result } });
    audit(ticket.asked, act, 'done');
  };

  const carryOut = async (ticket: WriteTicket, write: Write, deadline: number): Promise<WriteResult> => {
    const { asked } = ticket;
    const act = actOf(write);
    try {
      await recordSent(ticket, write, act);
      if (clock.monotonic() >= deadline) throw notSentInTime();
    } catch (thrown) {
      await conclude(ticket, act, entryIn('released', asked));
      audit(asked, act, `not sent: ${asFailure(thrown).kind}`);
      throw thrown;
    }
    const outcome = await deliver(ticket, write);
    if (!(outcome instanceof Failure)) {
      await finish(ticket, write, act, outcome);
      return outcome;
    }
    const meaning = meaningOf(outcome);
    if (meaning === 'unknown') {
      await write.kind.affected(write.connection).catch(warnJournal);
      return lookUp(ticket, write, act);
    }
    const failure = storedFailure(outcome);
    await conclude(
      ticket,
      act,
      meaning === 'refused'
        ? { ...asked, state: 'done', outcome: { failure } }
        : { ...entryIn('released', asked), keySpent: true },
    );
    audit(asked, act, `refused: ${outcome.kind}`);
    throw withoutEffect(outcome);
  };

  /** Rejects at the deadline of the caller; the write itself goes on. */
  const withDeadline = (work: Promise<WriteResult>, deadline: number, id: string): Promise<WriteResult> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(deadline - clock.monotonic(), () => reject(outcomeUnknown(id)));
      work.then(resolve, reject).finally(cancel);
    });

  return (write: Write, ask: WriteAsk): Promise<WriteResult> => {
    const { ticket } = ask;
    if (ticket.taken) throw new TypeError('one request makes one write');
    ticket.taken = true;
    return withDeadline(carryOut(ticket, write, ask.deadline), ask.deadline, ticket.asked.id);
  };
};
