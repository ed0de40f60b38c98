import { draw } from '../../../src/vendor/sandbox/world.ts';
import type { Asked, History } from './history.ts';

export interface Caller {
  /** Sends it until the answer is final or the time is over; without a key once. */
  send(asked: Asked): Promise<void>;
  /** Asks one gateway; null where the connection broke. */
  ask(url: string, method: string, path: string, asked?: Pick<Asked, 'body' | 'key'>): Promise<Reply | null>;
  anyUrl(): string;
  pause(milliseconds: number): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number;
}

export interface CallerOptions {
  readonly seed: string;
  readonly history: History;
  readonly urls: () => readonly string[];
  /** From then on nothing is repeated any more, by the clock of this process. */
  readonly untilMs: () => number;
}

const answerMsMax = 20_000;
const pauseMs = 400;
const pauseMsMax = 4_000;

/** The gateway says that nothing was sent, or that it never will be under this key. */
const saysNothingDone = /Nothing was (sent|done|changed)|counts as not done|not ready|would not do it/;

/** A caller that does as the description of writes says: it repeats with the same key until it has an answer. */
export const createCaller = ({ seed, history, urls, untilMs }: CallerOptions): Caller => {
  let turn = 0;
  const random = (): number => {
    turn += 1;
    return draw(seed, 'caller', turn);
  };
  const anyUrl = (): string => {
    const known = urls();
    return known[Math.floor(random() * known.length)] ?? '';
  };
  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

  const ask: Caller['ask'] = async (url, method, path, asked) => {
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(asked?.body ? { 'content-type': 'application/json' } : {}),
          ...(asked?.key ? { 'idempotency-key': asked.key } : {}),
          ...(method === 'GET' ? { 'cache-control': 'no-cache' } : {}),
        },
        ...(asked?.body ? { body: JSON.stringify(asked.body) } : {}),
        signal: AbortSignal.timeout(answerMsMax),
      });
      const retryAfterMs = Number(answer.headers.get('retry-after') ?? 0) * 1_000;
      return { status: answer.status, text: await answer.text(), retryAfterMs };
    } catch {
      return null;
    }
  };

  const isFinal = ({ status, text }: Reply): boolean =>
    (status >= 200 && status < 300) ||
    text.includes('counts as not done') ||
    (status >= 400 && status < 500 && status !== 409 && status !== 429);

  return {
    ask,
    anyUrl,
    pause,
    send: async (asked) => {
      for (;;) {
        history.attempts += 1;
        const reply = await ask(anyUrl(), asked.method, asked.path, asked);
        if (reply !== null) {
          asked.last = `${reply.status} ${reply.text}`;
          if (reply.status >= 200 && reply.status < 300) {
            asked.told = 'done';
            asked.first = { status: reply.status, text: reply.text };
            return;
          }
          // A repetition that is refused says nothing about the request before it, which nobody answered.
          const alone = asked.told === 'refused';
          if (isFinal(reply)) {
            asked.told = alone || saysNothingDone.test(reply.text) ? 'refused' : 'unanswered';
            return;
          }
          if (!saysNothingDone.test(reply.text)) asked.told = 'unanswered';
        } else asked.told = 'unanswered';
        if (asked.key === null || performance.now() > untilMs()) return;
        await pause(Math.min(pauseMsMax, Math.max(reply?.retryAfterMs ?? 0, pauseMs)) * (0.5 + random()));
      }
    },
  };
};
