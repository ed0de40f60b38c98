import type { Clock } from '../../domain/clock.ts';
import type { VendorReply, VendorRequest } from '../contract/request.ts';
import { compose, createVendorCall } from './call/call.ts';
import { classify } from './classify.ts';
import { timeout } from './timeout.ts';
import { openSender, type Sender } from './transport/send.ts';

const timeoutMs = 30_000;

/** Requests of an operator who has no connection yet: sent once, with nothing added, to any server of the vendor. */
export interface BareCalls {
  /** Any status is a reply; throws a `Failure` where none came. */
  send(baseUrl: string, request: VendorRequest, signal: AbortSignal): Promise<VendorReply>;
  close(): Promise<void>;
}

export const openBareCalls = (provider: string, userAgent: string, clock: Clock): BareCalls => {
  const senders = new Map<string, Sender>();
  const senderFor = (baseUrl: string): Sender => {
    const known = senders.get(baseUrl);
    if (known !== undefined) return known;
    const sender = openSender(
      {
        provider,
        origins: { api: baseUrl },
        credentials: { kind: 'static', headers: () => ({}) },
        limits: { concurrency: 1, timeoutMs },
      },
      userAgent,
      clock,
    );
    senders.set(baseUrl, sender);
    return sender;
  };
  return {
    send: (baseUrl, given, signal) => {
      const request: VendorRequest = { ...given, credentials: 'none' };
      const call = createVendorCall({ request, purpose: 'dashboard', signal, deadline: Number.POSITIVE_INFINITY });
      return compose(timeout(timeoutMs, clock), classify({ readFailure: () => null }, clock))(senderFor(baseUrl).send)(
        call,
      );
    },
    close: async () => {
      await Promise.all([...senders.values()].map((sender) => sender.close()));
    },
  };
};
