import type { Clock } from '../domain/clock.ts';
import { asFailure } from '../domain/failure/failure.ts';
import type { Log } from '../telemetry/log.ts';
import type { Connection } from '../vendor/connection.ts';

/** Finds out whether a connection works of which nothing is known yet, without anybody waiting for it. */
export interface FirstCheck {
  /** Checks every connection. Before it, `look` does nothing. */
  start(): void;
  /** Checks what is still unknown, each connection at most once a minute. */
  look(): void;
  /** Why the last check of a connection failed; null if it did not. */
  failure(connection: string): string | null;
}

export interface FirstCheckOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly connections: readonly Connection[];
}

const betweenMs = 60_000;
const checkMsMax = 30_000;

export const createFirstCheck = ({ clock, log, connections }: FirstCheckOptions): FirstCheck => {
  const checkedAt = new Map<string, number>();
  const failures = new Map<string, string>();
  let started = false;

  const isDue = ({ id, upstream, connector }: Connection): boolean =>
    connector.check !== undefined &&
    !upstream.proven() &&
    clock.monotonic() - (checkedAt.get(id) ?? Number.NEGATIVE_INFINITY) >= betweenMs;

  const check = async (connection: Connection): Promise<void> => {
    const { id, connector } = connection;
    checkedAt.set(id, clock.monotonic());
    if ((await connection.upstream.state()).health !== 'unknown') return;
    const session = connection.session({ purpose: 'refresh', deadline: clock.monotonic() + checkMsMax });
    try {
      await connector.check?.(session);
      failures.delete(id);
      log.info({ connection: id }, 'the vendor accepts this connection');
    } catch (thrown) {
      const { kind, details } = asFailure(thrown);
      if (kind === 'not-ready') return;
      failures.set(id, details.public);
      log.warn({ connection: id, kind }, `the first call of this connection failed: ${details.public}`);
    }
  };

  const look = (): void => {
    if (!started) return;
    for (const connection of connections.filter(isDue)) {
      check(connection).catch((cause: unknown) => {
        log.warn({ connection: connection.id, cause: String(cause) }, 'a connection could not be checked');
      });
    }
  };

  return {
    start: () => {
      started = true;
      look();
    },
    look,
    failure: (id) => failures.get(id) ?? null,
  };
};
