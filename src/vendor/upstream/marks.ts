import type { Failure } from '../../domain/failure/failure.ts';

const final = new WeakSet<Failure>();
const elsewhere = new WeakSet<Failure>();

/** Asking again would end the same way: a certificate that is not accepted, an encoding we do not know. */
export const neverRetried = (failure: Failure): Failure => {
  final.add(failure);
  return failure;
};
export const isNeverRetried = (failure: Failure): boolean => final.has(failure);

/** Of the token endpoint: says nothing about the origin that the call was for. */
export const ofTokenEndpoint = (failure: Failure): Failure => {
  elsewhere.add(failure);
  return failure;
};
export const isOfTokenEndpoint = (failure: Failure): boolean => elsewhere.has(failure);

const queued = new WeakSet<AbortSignal>();

/** What this signal ends has not begun: it waits for a slot. */
export const noteQueued = (signal: AbortSignal, waits: boolean): void => {
  if (waits) queued.add(signal);
  else queued.delete(signal);
};
export const isQueued = (signal: AbortSignal): boolean => queued.has(signal);
