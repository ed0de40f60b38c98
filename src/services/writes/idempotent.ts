import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Asked, Entry } from './entry.ts';
import { jsonDigest } from './fingerprint.ts';
import type { JournalRecord, WriteJournal } from './journal.ts';
import { repeatOutcome, stillRunning, stillUnknown, unprotected } from './outcome.ts';
import type { Settler } from './settle.ts';
import { entryIn, type WriteTicket } from './ticket.ts';
import type { WriteResult } from './write-result.ts';

/** What idempotency needs of a request that changes something. */
export interface ChangingRequest {
  readonly consumer: string;
  readonly operation: string;
  readonly requestId: string;
  /** What the key is bound to: method, path, query and body. */
  readonly content: unknown;
  readonly key: string | null;
  /** Wait limit for an outcome that is not known yet, by the monotonic clock. */
  readonly deadline: number;
}

export interface IdempotencyOptions {
  readonly journal: WriteJournal;
  readonly settler: Settler;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The request with the key that the vendor gets. A vendor that deduplicates repeats a failure under the key that failed,
 * so an attempt after a known failure has a new key; any other attempt has that of the one before.
 */
const withSendKey = (asked: Asked, before: Entry | null): Asked => {
  if (before === null) return asked;
  const sendKey =
    before.state === 'released' && before.keySpent === true
      ? jsonDigest(asked.id, before.attempt).slice(0, 32)
      : before.sendKey;
  return sendKey === undefined ? asked : { ...asked, sendKey };
};

type Admission = { readonly ticket: WriteTicket } | { readonly repeated: WriteResult };
type RunUnderTicket = (ticket: WriteTicket) => Promise<WriteResult>;

const mismatch = (operation: string): Failure =>
  new Failure('idempotency-mismatch', {
    public: `This Idempotency-Key was first sent with another request, to the operation ${operation}. Use a new key for a new request.`,
  });

/** One effect per key: repeating a finished request returns its result, and a running one does not start again. */
export const createIdempotency = ({ journal, settler, clock, log }: IdempotencyOptions) => {
  const warnUnreachable = (cause: unknown): void =>
    log.warn({ cause: asFailure(cause).message }, 'idempotency records cannot be reached');

  const askedOf = (request: ChangingRequest): Asked => {
    const { key, consumer, operation, requestId, content } = request;
    return {
      id: jsonDigest(consumer, key ?? clock.id()).slice(0, 32),
      consumer,
      operation,
      requestId,
      fingerprint: key === null ? null : jsonDigest(operation, content),
      startedAt: clock.now(),
      attempt: clock.id(),
    };
  };

  /** The result of an existing entry for the same request; null if the request may run. */
  const resultOf = async ({ entry }: JournalRecord, asked: Asked, deadline: number): Promise<WriteResult | null> => {
    if (entry.state === 'released') return null;
    if (entry.fingerprint !== asked.fingerprint) throw mismatch(entry.operation);
    if (entry.state === 'done') return repeatOutcome(entry.outcome);
    if (await journal.isClaimed(asked.id)) throw stillRunning();
    if (entry.state === 'started') return null;
    await settler.settle(asked.id, deadline);
    const settled = await journal.read(asked.id);
    if (settled?.entry.state === 'done') return repeatOutcome(settled.entry.outcome);
    settler.watch(asked.id);
    throw stillUnknown(asked.id);
  };

  const admit = async (asked: Asked, deadline: number): Promise<Admission> => {
    const before = await journal.read(asked.id);
    const repeated = before === null ? null : await resultOf(before, asked, deadline);
    if (repeated !== null) return { repeated };
    const claim = await journal.claim(asked.id);
    if (claim === null) throw stillRunning();
    const now = await journal.read(asked.id);
    const isFree = now === null || now.entry.state === 'released' || now.entry.state === 'started';
    const starting = withSendKey(asked, now?.entry ?? null);
    const record = isFree ? await journal.advance(now, entryIn('started', starting)) : null;
    if (record !== null) return { ticket: { asked: starting, record, claim, unprotected: null, taken: false } };
    await claim.end();
    throw stillRunning();
  };

  /** Without the store the ticket is unprotected. Each write decides whether it may run so. */
  const admitUnprotected = async (asked: Asked, deadline: number): Promise<Admission> => {
    try {
      return await admit(asked, deadline);
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown;
      warnUnreachable(thrown);
      return { ticket: { asked, record: null, claim: null, unprotected: unprotected(thrown), taken: false } };
    }
  };

  /** Closes the entry of a request that sent no write. A result is stored; after a failure the key is free again. */
  const close = async ({ asked, record, claim }: WriteTicket, result: WriteResult | null): Promise<void> => {
    try {
      if (record !== null) {
        await journal.advance(
          record,
          result === null ? entryIn('released', asked) : { ...asked, state: 'done', outcome: { result } },
        );
      }
    } catch (cause) {
      warnUnreachable(cause);
    }
    await claim?.end();
  };

  const runUnder = async (ticket: WriteTicket, run: RunUnderTicket): Promise<WriteResult> => {
    try {
      const result = await run(ticket);
      if (!ticket.taken) await close(ticket, result);
      return result;
    } catch (thrown) {
      if (!ticket.taken) await close(ticket, null);
      throw thrown;
    }
  };

  return async (request: ChangingRequest, run: RunUnderTicket): Promise<WriteResult> => {
    const asked = askedOf(request);
    if (request.key === null) {
      return runUnder({ asked, record: null, claim: null, unprotected: null, taken: false }, run);
    }
    const admission = await admitUnprotected(asked, request.deadline);
    return 'repeated' in admission ? admission.repeated : runUnder(admission.ticket, run);
  };
};
