import type { VendorReply, VendorRequest } from '../../contract/request.ts';
import type { Purpose } from '../../quota/ledger.ts';

/** One request on its way down the chain. */
export interface VendorCall {
  readonly request: VendorRequest;
  readonly purpose: Purpose;
  /** Ends the call; its reason is the Failure to throw. */
  readonly signal: AbortSignal;
  /** In the clock's monotonic time; infinite where there is none. */
  readonly deadline: number;
  /** The headers that authenticate the call; empty above `authorise`. */
  readonly authorisation: Readonly<Record<string, string>>;
  /** Shared by all policies of one call. */
  readonly progress: CallProgress;
}

export interface CallProgress {
  /** The call waits for a slot, so the vendor has not received it. */
  queued: boolean;
  /** What the vendor answered to the last attempt, whatever it means; null if it did not answer. */
  reply: VendorReply | null;
}

export const createVendorCall = (
  given: Pick<VendorCall, 'request' | 'purpose' | 'signal' | 'deadline'>,
): VendorCall => ({ ...given, authorisation: {}, progress: { queued: false, reply: null } });

export type Send = (call: VendorCall) => Promise<VendorReply>;
export type Policy = (next: Send) => Send;

/** The first policy is the outermost. */
export const compose =
  (...policies: readonly Policy[]): Policy =>
  (send) =>
    policies.reduceRight((next, policy) => policy(next), send);
