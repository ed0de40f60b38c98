import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import type { MountOptions, OperationCall, Run } from '../operation/mount.ts';
import type { OperationEntry } from '../operation/operation.ts';
import { KeptAnswers } from './kept-answers.ts';
import { type Question, questionReader } from './question.ts';
import { answerLines, answerWith, type Lifetime, type Origin, unstored } from './reply-headers.ts';
import { type RenderedAnswer, renderAnswer } from './representation.ts';
import { SharedRuns } from './shared-runs.ts';

export interface AnswerCacheOptions {
  readonly clock: Clock;
  readonly bytesMax: number;
  /** How long a finished answer is given again; the figures in it have a freshness of their own. 0 keeps nothing. */
  readonly freshMs?: number;
  /** What callers are told. */
  readonly lifetime?: Lifetime;
  /** Ids of operations that tell the present state: run for each request, never kept by anybody. */
  readonly live?: readonly string[];
}

export interface AnswerCache {
  readonly around: NonNullable<MountOptions['around']>;
  /** Nothing that was read before now is given again. */
  invalidate(): void;
  /** What is kept takes this many bytes. */
  readonly bytes: number;
}

/** What one run gave to everybody who waited for it. */
interface RunOutcome {
  /** Null for what only the first of them can have, such as lines. */
  readonly representation: RenderedAnswer | null;
  readonly answer: SendableAnswer;
  readonly consumer: string;
}

const freshMsDefault = 5000;
/** An answer with gaps is kept no longer, whatever others are. */
const incompleteMsMax = 5000;
const lifetimeDefault: Lifetime = { maxAgeSeconds: 60, staleWhileRevalidateSeconds: 600 };
const liveLifetime: Lifetime = { maxAgeSeconds: 0, staleWhileRevalidateSeconds: 0 };

type Manner = 'write' | 'kept' | 'passing' | 'bare';

/** Figures are kept; what belongs to a vendor passes with a tag; the gateway's own state is for nobody to keep. */
const mannerOf = ({ method, scope }: OperationEntry): Manner => {
  if (method !== 'GET') return 'write';
  if (scope === 'read') return 'kept';
  return scope === null || scope === 'admin' ? 'bare' : 'passing';
};

const ownKey = (question: Question, consumer: string): string => JSON.stringify([consumer, question.key]);

/**
 * Gives equal questions the same finished bytes: at once while they are fresh, together while they are made.
 * Consumers share an answer only if they see the same connections and there is no cursor in it.
 */
export const openAnswerCache = (options: AnswerCacheOptions): AnswerCache => {
  const { clock, freshMs = freshMsDefault, lifetime = lifetimeDefault, live = [] } = options;
  const kept = new KeptAnswers(clock, options.bytesMax);
  const runs = new SharedRuns<RunOutcome>();
  const readQuestion = questionReader();

  const invalidate = (): void => {
    kept.drop();
    runs.forgetAll();
  };

  const fill = async (call: OperationCall, run: Run, question: Question, signal: AbortSignal): Promise<RunOutcome> => {
    const { generation } = kept;
    const consumer = call.input.consumer.name;
    const answer = await run({ query: question.query, signal });
    const representation = await renderAnswer(answer);
    // Less time than usual may have left gaps that nobody else would have got.
    const hurried = call.request.headers['x-deadline-ms'] !== undefined;
    if (representation !== null && (representation.complete || !hurried)) {
      const personal = question.hasCursor || representation.personal;
      const keepMs = representation.complete ? freshMs : Math.min(freshMs, incompleteMsMax);
      kept.keep(personal ? ownKey(question, consumer) : question.key, representation, keepMs, generation);
    }
    return { representation, answer, consumer };
  };

  const send = (
    { representation, answer }: RunOutcome,
    call: OperationCall,
    told: Lifetime,
    origin: Origin,
  ): SendableAnswer => {
    if (representation !== null) return answerWith(representation, call.request, told, origin, clock);
    return answer.lines === undefined ? unstored(answer) : answerLines(answer, call.request, told);
  };

  /** Alone: for what is never kept, and for what the caller of another run cannot be given. */
  const make = async (call: OperationCall, run: Run, told: Lifetime): Promise<SendableAnswer> => {
    const answer = await run();
    const outcome = { representation: await renderAnswer(answer), answer, consumer: call.input.consumer.name };
    return send(outcome, call, told, { kind: 'made', joined: false, refused: false });
  };

  const together = async (
    call: OperationCall,
    run: Run,
    question: Question,
    refused: boolean,
  ): Promise<SendableAnswer> => {
    const { consumer, noCache, signal } = call.input;
    // A run that may use less time, or must not use what is held, answers only its like.
    const like = JSON.stringify([noCache, call.request.headers['x-deadline-ms'] ?? null]);
    const work = (shared: AbortSignal) => fill(call, run, question, shared);
    const own = ownKey(question, consumer.name);
    const first = await runs.run(`${like}${question.hasCursor ? own : question.key}`, signal, work);
    const foreign = first.value.consumer !== consumer.name && first.value.representation?.personal === true;
    const { value, joined } = foreign ? await runs.run(`${like}${own}`, signal, work) : first;
    if (joined && value.representation === null) return make(call, run, lifetime);
    return send(value, call, lifetime, { kind: 'made', joined, refused });
  };

  const read = async (call: OperationCall, run: Run): Promise<SendableAnswer> => {
    const { operation, input } = call;
    if (live.includes(operation.id)) return make(call, run, liveLifetime);
    if (input.accept !== 'application/json') return make(call, run, lifetime);
    const question = readQuestion(operation, input);
    if (question === null) return run();
    const found = kept.fresh(ownKey(question, input.consumer.name)) ?? kept.fresh(question.key);
    if (found === null || input.noCache) {
      return together(call, run, question, found !== null).catch((thrown) => {
        // Faults are told in the order in which this caller wrote what is wrong.
        if (thrown instanceof Failure && thrown.kind === 'invalid-request') return make(call, run, lifetime);
        throw thrown;
      });
    }
    return answerWith(found.representation, call.request, lifetime, { kind: 'kept', ...found }, clock);
  };

  /** Whether it succeeded or not: a write that failed may have been done. */
  const write = async (run: Run): Promise<SendableAnswer> => {
    try {
      return unstored(await run());
    } finally {
      invalidate();
    }
  };

  return {
    invalidate,
    get bytes() {
      return kept.bytes;
    },
    around: async (call, run) => {
      const manner = mannerOf(call.operation);
      if (manner === 'write') return write(run);
      if (manner === 'kept') return read(call, run);
      return manner === 'passing' ? make(call, run, liveLifetime) : unstored(await run());
    },
  };
};
