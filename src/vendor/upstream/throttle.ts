import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Ledger } from '../quota/ledger.ts';
import type { Policy, VendorCall } from './call/call.ts';
import type { Observe } from './call/events.ts';
import type { Pauses } from './pauses/pauses.ts';
import type { Slots } from './slots.ts';

export interface ThrottleOptions {
  readonly pauses: Pauses;
  readonly ledger: Ledger;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly observe: Observe;
}

/**
 * Sends nothing during a pause, nothing beyond a quota, and no more at the same time than the limit allows.
 * A unit of the quota is charged last, right before the call is sent.
 */
export const throttle = ({ pauses, ledger, slots, clock, observe }: ThrottleOptions): Policy => {
  const takeSlot = async ({ request, signal, purpose, progress }: VendorCall): Promise<() => void> => {
    if (request.quota !== undefined && !slots.free) await ledger.check(request.quota, purpose);
    progress.queued = !slots.free;
    try {
      return await slots.take(signal);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === 'overloaded')
        observe({ kind: 'queue-full', operation: request.operation });
      throw thrown;
    } finally {
      progress.queued = false;
    }
  };

  return (next) => async (call) => {
    const { operation, quota } = call.request;
    await pauses.refuse(operation);
    const release = await takeSlot(call);
    try {
      // A pause may have begun while this call waited for its slot.
      await pauses.refuse(operation);
      call.signal.throwIfAborted();
      if (quota !== undefined) await ledger.draw(quota, call.purpose);
      const sentAt = clock.monotonic();
      try {
        const reply = await next(call);
        pauses.succeed(operation, sentAt);
        return reply;
      } catch (thrown) {
        const failure = asFailure(thrown);
        throw failure.kind === 'vendor-throttled' ? await pauses.begin(operation, failure, sentAt) : failure;
      }
    } finally {
      release();
    }
  };
};
