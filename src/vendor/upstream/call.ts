import type { VendorReply, VendorRequest } from '../contract/request.ts';
import type { Purpose } from '../quota/ledger.ts';

/** One request on its way down the chain. */
export interface Call {
  readonly request: VendorRequest;
  readonly purpose: Purpose;
  /** Ends the call; its reason is the Failure to throw. */
  readonly signal: AbortSignal;
  /** In the clock's monotonic time; infinite where there is none. */
  readonly deadline: number;
  /** The headers that prove who calls; empty above `authorise`. */
  readonly authorisation: Readonly<Record<string, string>>;
}

export type Send = (call: Call) => Promise<VendorReply>;
export type Policy = (next: Send) => Send;

/** The first policy is the outermost. */
export const compose =
  (...policies: readonly Policy[]): Policy =>
  (send) =>
    policies.reduceRight((next, policy) => policy(next), send);
