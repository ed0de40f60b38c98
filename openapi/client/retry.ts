import type { Timing } from './timing.ts';

export type Send = (request: Request) => Promise<Response>;

export interface RetryOptions {
  readonly send: Send;
  /** Maximum number of retries of a request. */
  readonly retries: number;
  /** If a longer wait is required, the answer is returned instead of retrying. */
  readonly waitMsMax: number;
  readonly timing: Timing;
}

const firstWaitMs = 500;
const passing = new Set([429, 502, 503, 504]);

/** Whether a request may be retried: a read, or a write with an idempotency key. */
const isRepeatable = ({ method, headers }: Request): boolean =>
  method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');

/** `Retry-After`, in seconds or as a date; null if it is missing or invalid. */
export const retryAfterMs = (header: string | null, now: number): number | null => {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

/** Not before `Retry-After`, with jitter. */
const waitMs = (response: Response | null, attempt: number, { timing }: RetryOptions): number => {
  const told = retryAfterMs(response?.headers.get('retry-after') ?? null, timing.now());
  const own = firstWaitMs * 2 ** attempt * timing.random();
  return told === null ? own : told + own;
};

const isAbort = (request: Request): boolean => request.signal.aborted;

/** Retries temporary failures after a wait. Other answers are returned unchanged. */
export const retrying =
  (options: RetryOptions): Send =>
  async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt >= options.retries || !isRepeatable(request);
      let response: Response | null = null;
      try {
        response = await options.send(last ? request : request.clone());
      } catch (thrown) {
        if (last || isAbort(request)) throw thrown;
      }
      if (response !== null && (last || !passing.has(response.status))) return response;
      const wait = waitMs(response, attempt, options);
      if (response !== null && wait > options.waitMsMax) return response;
      await response?.body?.cancel();
      await options.timing.sleep(wait, request.signal);
    }
  };
