import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../domain/clock.ts';
import { consumerView } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { SharedRuns } from '../../domain/shared-runs.ts';
import type { Store } from '../../store/store.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import type { MountOptions, OperationCall, Run } from '../operation/mount.ts';
import type { OperationEntry } from '../operation/operation.ts';
import { type Question, questionReader } from './question.ts';
import { type RenderedAnswer, renderAnswer } from './rendered-answer.ts';
import { answerLines, answerWith, type Lifetime, type Origin, originOf, unstored } from './reply-headers.ts';
import { StoredAnswers } from './stored-answers.ts';
import { createWriteMarks } from './write-marks.ts';

export interface AnswerCacheOptions {
  readonly clock: Clock;
  readonly bytesMax: number;
  /** The store that replicas share; absent for a single replica. */
  readonly sharedStore?: Store | undefined;
  /** How long a stored answer is reused; its figures have their own freshness. 0 stores nothing. */
  readonly freshMs?: number;
  /** Sent to callers in `Cache-Control`. */
  readonly lifetime?: Lifetime;
  /** Told that a request was answered with what is stored until a time of the monotonic clock. */
  readonly onStored?: (request: IncomingMessage, until: number) => void;
  /** Ids of operations that report the present state: run for each request, never stored. */
  readonly live?: readonly string[];
}

export interface AnswerCache {
  readonly around: NonNullable<MountOptions['around']>;
  /** Drops stored answers, and lets no request join a run that has begun. */
  invalidate(): void;
  /** Memory used by stored answers. */
  readonly bytes: number;
}

/** The result of one run, for all requests that waited for it. */
interface RunOutcome {
  /** Null for what only one request can be sent, such as lines. */
  readonly representation: RenderedAnswer | null;
  readonly answer: SendableAnswer;
  /** Whose it is if it contains a cursor. */
  readonly view: string;
}

const freshMsDefault = 5000;
/** Storage limit of a partial answer. */
const incompleteMsMax = 5000;
const lifetimeDefault: Lifetime = { maxAgeSeconds: 60, staleWhileRevalidateSeconds: 600 };
const liveLifetime: Lifetime = { maxAgeSeconds: 0, staleWhileRevalidateSeconds: 0 };

type CacheMode = 'write' | 'store' | 'tag' | 'none';

/** Figures are stored; native vendor answers only get an entity tag; the gateway's own state is never cached. */
const cacheModeOf = ({ method, scope }: OperationEntry): CacheMode => {
  if (method !== 'GET') return 'write';
  if (scope === 'read') return 'store';
  return scope === null || scope === 'admin' ? 'none' : 'tag';
};

/** Cursors hold for what their consumer may see, so an answer that contains one is shared no further than that. */
const ownKey = (question: Question, view: string): string => JSON.stringify([view, question.key]);

/**
 * Answers equal requests with the same bytes: from the cache while they are fresh, from one shared run otherwise.
 * Consumers share an answer only if they see the same connections and it holds no cursor.
 */
export const createAnswerCache = (options: AnswerCacheOptions): AnswerCache => {
  const { clock, freshMs = freshMsDefault, lifetime = lifetimeDefault, live = [] } = options;
  const stored = new StoredAnswers(clock, options.bytesMax);
  const runs = new SharedRuns<RunOutcome>();
  const readQuestion = questionReader();

  const invalidate = (): void => {
    stored.drop();
    runs.forgetAll();
  };

  const marks =
    options.sharedStore === undefined
      ? null
      : createWriteMarks({ clock, store: options.sharedStore, onWrite: invalidate });

  const fill = async (call: OperationCall, run: Run, question: Question, signal: AbortSignal): Promise<RunOutcome> => {
    const { generation } = stored;
    const view = consumerView(call.input.consumer);
    const answer = await run({ query: question.query, signal });
    const representation = await renderAnswer(answer);
    // A shorter deadline can leave parts missing that the usual deadline would not.
    const hasShortDeadline = call.request.headers['x-deadline-ms'] !== undefined;
    if (representation !== null && (representation.complete || !hasShortDeadline)) {
      const personal = question.hasCursor || representation.personal;
      const storeMs = representation.complete ? freshMs : Math.min(freshMs, incompleteMsMax);
      stored.store(personal ? ownKey(question, view) : question.key, representation, storeMs, generation);
      options.onStored?.(call.request.raw, clock.monotonic() + storeMs);
    }
    return { representation, answer, view };
  };

  const send = (
    { representation, answer }: RunOutcome,
    call: OperationCall,
    sentLifetime: Lifetime,
    origin: Origin,
  ): SendableAnswer => {
    if (representation !== null) return answerWith(representation, call.request, sentLifetime, origin, clock);
    return answer.lines === undefined ? unstored(answer) : answerLines(answer, call.request, sentLifetime);
  };

  /** Runs for this request only. */
  const runAlone = async (call: OperationCall, run: Run, sentLifetime: Lifetime): Promise<SendableAnswer> => {
    const answer = await run();
    const outcome = { representation: await renderAnswer(answer), answer, view: consumerView(call.input.consumer) };
    return send(outcome, call, sentLifetime, originOf(answer, clock));
  };

  const runShared = async (
    call: OperationCall,
    run: Run,
    question: Question,
    refused: boolean,
  ): Promise<SendableAnswer> => {
    const { consumer, noCache, signal } = call.input;
    // Runs with another deadline or cache directive are not shared with this request.
    const conditions = JSON.stringify([noCache, call.request.headers['x-deadline-ms'] ?? null]);
    const work = (shared: AbortSignal) => fill(call, run, question, shared);
    const view = consumerView(consumer);
    const own = ownKey(question, view);
    const first = await runs.run(`${conditions}${question.hasCursor ? own : question.key}`, signal, work);
    const isOtherConsumers = first.value.view !== view && first.value.representation?.personal === true;
    const { value, joined } = isOtherConsumers ? await runs.run(`${conditions}${own}`, signal, work) : first;
    if (joined && value.representation === null) return runAlone(call, run, lifetime);
    return send(value, call, lifetime, { kind: 'made', joined, refused });
  };

  const read = async (call: OperationCall, run: Run): Promise<SendableAnswer> => {
    const { operation, input } = call;
    if (live.includes(operation.id)) return runAlone(call, run, liveLifetime);
    if (input.accept !== 'application/json') return runAlone(call, run, lifetime);
    const looking = marks?.look();
    if (looking !== undefined) await looking;
    const question = readQuestion(operation, input);
    if (question === null) return run();
    const found = stored.fresh(ownKey(question, consumerView(input.consumer))) ?? stored.fresh(question.key);
    if (found === null || input.noCache) {
      return runShared(call, run, question, found !== null).catch((thrown) => {
        // Runs again: the faults are reported in the order of this request's parameters.
        if (thrown instanceof Failure && thrown.kind === 'invalid-request') return runAlone(call, run, lifetime);
        throw thrown;
      });
    }
    options.onStored?.(call.request.raw, found.freshUntil);
    return answerWith(found.representation, call.request, lifetime, { kind: 'stored', ...found }, clock);
  };

  /** Invalidates after a failure too, unless nothing was written: the vendor may have done the write. */
  const write = async (run: Run): Promise<SendableAnswer> => {
    let written = true;
    try {
      return unstored(await run());
    } catch (thrown) {
      written = !(thrown instanceof Failure && thrown.details.effect === 'never');
      throw thrown;
    } finally {
      invalidate();
      if (written) await marks?.announce();
    }
  };

  return {
    invalidate,
    get bytes() {
      return stored.bytes;
    },
    around: async (call, run) => {
      const mode = cacheModeOf(call.operation);
      if (mode === 'write') return write(run);
      if (mode === 'store') return read(call, run);
      return mode === 'tag' ? runAlone(call, run, liveLifetime) : unstored(await run());
    },
  };
};
