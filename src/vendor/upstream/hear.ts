import type { Clock } from '../../domain/clock.ts';
import type { Policy } from './call/call.ts';

/** That a server answered, whatever it said. For who examines a connection; it holds no content and no credential. */
export interface Heard {
  readonly operation: string;
  readonly status: number;
  readonly contentType: string;
  /** The time of the server in milliseconds since 1970, to the second; null where it told none. */
  readonly serverTime: number | null;
  /** By our own clock. */
  readonly sentAt: number;
  readonly receivedAt: number;
}
export type Hear = (heard: Heard) => void;

const timeOf = (date: string | undefined): number | null => {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : time;
};

/** Reports every answer as it arrives. */
export const hear =
  (report: Hear, clock: Clock): Policy =>
  (next) =>
  async (call) => {
    const sentAt = clock.now();
    const reply = await next(call);
    report({
      operation: call.request.operation,
      status: reply.status,
      contentType: reply.headers['content-type'] ?? '',
      serverTime: timeOf(reply.headers.date),
      sentAt,
      receivedAt: clock.now(),
    });
    return reply;
  };
