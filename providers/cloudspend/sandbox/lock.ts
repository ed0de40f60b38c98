import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest } from '../../../src/vendor/sandbox/server.ts';

const windowMs = 120_000;
const callsMax = 100;
const lockedMs = 22 * 60_000;

export const rollingThrottle = (status: number, headers: Record<string, string> = {}): SandboxReply => ({
  status,
  headers,
  json: {
    error: {
      status_code: 400,
      title: 'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED',
      details: {
        message: 'Cannot execute more than 100 requests per API in 2 minutes. Try again after 22 minutes.',
      },
    },
  },
});

/** Ids in a path belong to no operation. */
const operationOf = ({ method, path }: SandboxRequest): string =>
  `${method} ${path.replaceAll(/\/\d+(?=\/|$)/g, '/:id')}`;

/** Locks an operation that is called too often; a call during the lock is refused as well. */
export class RollingLock {
  readonly #clock: Clock;
  readonly #calls = new Map<string, number[]>();
  readonly #lockedUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  check(request: SandboxRequest): SandboxReply | null {
    const now = this.#clock.now();
    const operation = operationOf(request);
    if (now < (this.#lockedUntil.get(operation) ?? 0)) return rollingThrottle(400);
    const recent = [...(this.#calls.get(operation) ?? []).filter((at) => at > now - windowMs), now];
    this.#calls.set(operation, recent);
    if (recent.length <= callsMax) return null;
    this.#lockedUntil.set(operation, now + lockedMs);
    return rollingThrottle(400);
  }
}
