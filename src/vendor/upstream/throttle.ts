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

/** The store may measure time a little differently. */
const turnMarginMs = 20;

/**
 * Sends nothing during a pause, nothing beyond a quota, and no more at the same time than the limit allows.
 * A unit of the quota is charged last, right before the call is sent.
 */
export const throttle = ({ pauses, ledger, slots, clock, observe }: ThrottleOptions): Policy => {
  const takeSlot = async ({ request, signal, purpose, progress }: VendorCall): Promise<() => void> => {
    const { quota, operation } = request;
    if (quota !== undefined && !slots.free && !ledger.waits(quota)) await ledger.check(quota, operation, purpose);
    progress.queued = !slots.free;
    try {
      return await slots.take(signal);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === 'overloaded') observe({ kind: 'queue-full', operation });
      throw thrown;
    } finally {
      progress.queued = false;
    }
  };

  /** Waits for the next unit of a quota that is spent, without a slot; throws where the deadline does not allow that. */
  const waitForTurn = async (call: VendorCall, failure: Failure): Promise<void> => {
    const waitMs = (failure.details.retryAfterMs ?? 0) + turnMarginMs;
    if (call.deadline - clock.monotonic() <= waitMs) throw failure;
    call.progress.queued = true;
    try {
      await clock.sleep(waitMs, call.signal);
    } finally {
      call.progress.queued = false;
    }
  };

  /** A slot, with one unit of the quota charged. */
  const admit = async (call: VendorCall): Promise<() => void> => {
    const { operation, quota } = call.request;
    for (;;) {
      await pauses.refuse(operation);
      const release = await takeSlot(call);
      let spent: Failure;
      try {
        // A pause may have begun while this call waited for its slot.
        await pauses.refuse(operation);
        call.signal.throwIfAborted();
        if (quota !== undefined) await ledger.draw(quota, operation, call.purpose);
        return release;
      } catch (thrown) {
        release();
        spent = asFailure(thrown);
        if (spent.kind !== 'quota-exhausted' || quota === undefined || !ledger.waits(quota)) throw thrown;
      }
      await waitForTurn(call, spent);
    }
  };

  return (next) => async (call) => {
    const { operation } = call.request;
    const release = await admit(call);
    try {
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
