import type { Clock } from '../../domain/clock.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import type { Policy } from './call/call.ts';
import type { Observe } from './call/events.ts';

/** Reports every request that is sent, with its outcome and its duration. */
export const watch =
  (observe: Observe, clock: Clock): Policy =>
  (next) =>
  async (call) => {
    const { operation } = call.request;
    const startedAt = clock.monotonic();
    try {
      const reply = await next(call);
      observe({ kind: 'call', operation, outcome: reply.status, milliseconds: clock.monotonic() - startedAt });
      return reply;
    } catch (thrown) {
      const outcome = asFailure(thrown).kind;
      observe({ kind: 'call', operation, outcome, milliseconds: clock.monotonic() - startedAt });
      throw thrown;
    }
  };
