import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { OperationAnswer } from '../../server/operation/define.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Asked } from './entry.ts';
import { digestOf } from './fingerprint.ts';
import type { Held, WriteJournal } from './journal.ts';
import { keptAnswer, retell, stillRunning, stillUnknown } from './outcome.ts';
import type { Settler } from './settle.ts';
import { entryOf, type Ticket, type Tickets } from './ticket.ts';

/** A request that changes something, as far as its idempotency goes. */
export interface ChangingRequest {
  readonly consumer: string;
  readonly operation: string;
  readonly requestId: string;
  /** What the key stands for: method, path, query and body. */
  readonly content: unknown;
  readonly key: string | null;
  readonly signal: AbortSignal;
  /** How long it may wait to be told an outcome that is not known yet. */
  readonly deadline: number;
}

export interface IdempotencyOptions {
  readonly journal: WriteJournal;
  readonly settler: Settler;
  readonly clock: Clock;
  readonly log: Log;
  readonly tickets: Tickets;
}

type Admission = { readonly ticket: Ticket } | { readonly again: OperationAnswer };

const mismatch = (operation: string): Failure =>
  new Failure('idempotency-mismatch', {
    public: `This Idempotency-Key was first sent with another request, to the operation ${operation}. Use a new key for a new request.`,
  });

/** One key, one request, one effect: what ran is told again, what runs is not begun twice. */
export const openIdempotency = ({ journal, settler, clock, log, tickets }: IdempotencyOptions) => {
  const complain = (cause: unknown): void =>
    log.warn({ cause: asFailure(cause).message }, 'idempotency records cannot be reached');

  const askedOf = (request: ChangingRequest): Asked => {
    const { key, consumer, operation, requestId, content } = request;
    return {
      id: digestOf(consumer, key ?? clock.id()).slice(0, 32),
      consumer,
      operation,
      requestId,
      fingerprint: key === null ? null : digestOf(operation, content),
      startedAt: clock.now(),
      attempt: clock.id(),
    };
  };

  /** What an entry that is there already means for the same request; null: it may run. */
  const answerOf = async ({ entry }: Held, asked: Asked, deadline: number): Promise<OperationAnswer | null> => {
    if (entry.state === 'released') return null;
    if (entry.fingerprint !== asked.fingerprint) throw mismatch(entry.operation);
    if (entry.state === 'done') return retell(entry.outcome);
    if (await journal.isClaimed(asked.id)) throw stillRunning();
    if (entry.state === 'started') return null;
    await settler.settle(asked.id, deadline);
    const settled = await journal.read(asked.id);
    if (settled?.entry.state === 'done') return retell(settled.entry.outcome);
    settler.watch(asked.id);
    throw stillUnknown(asked.id);
  };

  const admit = async (asked: Asked, deadline: number): Promise<Admission> => {
    const before = await journal.read(asked.id);
    const known = before === null ? null : await answerOf(before, asked, deadline);
    if (known !== null) return { again: known };
    const claim = await journal.claim(asked.id);
    if (claim === null) throw stillRunning();
    const now = await journal.read(asked.id);
    const free = now === null || now.entry.state === 'released' || now.entry.state === 'started';
    const held = free ? await journal.advance(now, entryOf(asked, 'started')) : null;
    if (held !== null) return { ticket: { asked, held, claim, lost: false, taken: false } };
    await claim.end();
    throw stillRunning();
  };

  /** Without a store there is no protection, which not every write needs: the write itself decides. */
  const admitOrLose = async (asked: Asked, deadline: number): Promise<Admission> => {
    try {
      return await admit(asked, deadline);
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown;
      complain(thrown);
      return { ticket: { asked, held: null, claim: null, lost: true, taken: false } };
    }
  };

  /** Closes the entry of a request that made no write of its own: its answer is kept, its failure is not. */
  const close = async ({ asked, held, claim }: Ticket, answer: OperationAnswer | null): Promise<void> => {
    const kept = answer === null ? null : keptAnswer(answer);
    try {
      if (held !== null) {
        await journal.advance(
          held,
          kept === null ? entryOf(asked, 'released') : { ...asked, state: 'done', outcome: { answer: kept } },
        );
      }
    } catch (cause) {
      complain(cause);
    }
    await claim?.end();
  };

  const runUnder = async (ticket: Ticket, request: ChangingRequest, run: () => Promise<OperationAnswer>) => {
    tickets.set(request.signal, ticket);
    try {
      const answer = await run();
      if (!ticket.taken) await close(ticket, answer);
      return answer;
    } catch (thrown) {
      if (!ticket.taken) await close(ticket, null);
      throw thrown;
    }
  };

  return async (request: ChangingRequest, run: () => Promise<OperationAnswer>): Promise<OperationAnswer> => {
    const asked = askedOf(request);
    if (request.key === null) {
      return runUnder({ asked, held: null, claim: null, lost: false, taken: false }, request, run);
    }
    const admission = await admitOrLose(asked, request.deadline);
    return 'again' in admission ? admission.again : runUnder(admission.ticket, request, run);
  };
};
