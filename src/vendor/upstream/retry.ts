import type { Clock } from '../../domain/clock.ts';
import { asFailure, type Failure, type FailureKind } from '../../domain/failure/failure.ts';
import type { Policy, VendorCall } from './call/call.ts';
import type { Observe } from './call/events.ts';

const attemptsMax = 3;
const backoffBaseMs = 50;
const backoffMsMax = 20_000;
/** A longer throttle is not waited for. */
const throttleWaitMaxMs = 5000;
const throttleSpreadMs = 100;

const retriedKinds: readonly FailureKind[] = ['vendor-unavailable', 'vendor-timeout', 'vendor-malformed'];

const budgetMax = 10;
const budgetReserve = 5;

/** Limits the retries of a connection: while most calls fail, retrying them all would only add load. */
export const createRetryBudget = () => {
  let tokens = budgetMax;
  return {
    succeed: (): void => {
      tokens = Math.min(budgetMax, tokens + 0.1);
    },
    fail: (): void => {
      tokens = Math.max(0, tokens - 1);
    },
    allows: (): boolean => tokens > budgetReserve,
    reset: (): void => {
      tokens = budgetMax;
    },
  };
};
export type RetryBudget = ReturnType<typeof createRetryBudget>;

interface Wait {
  readonly milliseconds: number;
  readonly forThrottle: boolean;
}

/** Retries reads after a wait, within attempts, budget and deadline. A write is never retried. */
export const retry = (budget: RetryBudget, clock: Clock, observe: Observe): Policy => {
  const waitFor = (failure: Failure, attempt: number): Wait | null => {
    if (failure.kind === 'vendor-throttled') {
      const { retryAfterMs } = failure.details;
      if (retryAfterMs === undefined || retryAfterMs > throttleWaitMaxMs) return null;
      return { milliseconds: retryAfterMs + clock.random() * throttleSpreadMs, forThrottle: true };
    }
    if (!retriedKinds.includes(failure.kind) || failure.details.retry === 'never' || !budget.allows()) return null;
    return {
      milliseconds: clock.random() * Math.min(backoffMsMax, backoffBaseMs * 2 ** (attempt - 1)),
      forThrottle: false,
    };
  };
  const fits = (wait: Wait, call: VendorCall): boolean => clock.monotonic() + wait.milliseconds < call.deadline;

  return (next) => async (call) => {
    const { request } = call;
    const attemptsAllowed = request.effect === 'write' ? 1 : (request.attemptsMax ?? attemptsMax);
    let waitedForThrottle = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const reply = await next(call);
        budget.succeed();
        return reply;
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (retriedKinds.includes(failure.kind)) budget.fail();
        const wait = attempt < attemptsAllowed ? waitFor(failure, attempt) : null;
        if (wait === null || !fits(wait, call) || (wait.forThrottle && waitedForThrottle)) throw failure;
        waitedForThrottle ||= wait.forThrottle;
        observe({
          kind: 'retry',
          operation: request.operation,
          attempt: attempt + 1,
          because: failure.kind,
          waitMs: wait.milliseconds,
        });
        await clock.sleep(wait.milliseconds, call.signal);
      }
    }
  };
};
