import { Redis } from 'ioredis';
import { type Clock, systemClock } from '../domain/clock.ts';
import type { Script } from './redis-scripts.ts';

export type StoreState = 'ok' | 'lost';
export type OnState = (state: StoreState, why: string) => void;

/** Redis does not answer, or answers with an error of its own. */
export class StoreLost extends Error {}

const redisConnectTimeoutMs = 300;
const commandTimeoutMs = 130;
/** After that time, answers that have arrived are read. */
const lastLookMs = 20;
/** How often a connection is tried while Redis is lost. */
const reconnectEveryMs = 500;
/** Errors of one command or of one key's data: Redis itself works. */
const ofOneCommand = /^(ERR|WRONGTYPE) (?!.*-(OOM|READONLY|MISCONF|LOADING) )/;

export interface RedisLink {
  run(script: Script, keys: readonly string[], values: readonly (string | Uint8Array)[]): Promise<unknown>;
  state(): StoreState;
  close(): Promise<void>;
}

export interface RedisLinkOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly onState: OnState;
  /** A key that may be written to find out whether Redis can be. */
  readonly probeKey: string;
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : 'unknown');

/** Without retries and without a queue: Redis may still execute a command that it did not answer in time. */
const createClient = (url: string): Redis =>
  new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: redisConnectTimeoutMs,
    retryStrategy: () => null,
    reconnectOnError: null,
  });

/**
 * Rejects when Redis has not answered in time. Redis is real, and so is this time. While this process computed for long,
 * an answer may have arrived unread: it is looked for once more before Redis is blamed.
 */
const inTime = <Answer>(work: Promise<Answer>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let cancel = systemClock.after(commandTimeoutMs, () => {
      cancel = systemClock.after(lastLookMs, () => reject(new StoreLost('Redis did not answer in time')));
    });
    work.then(resolve, reject).finally(() => cancel());
  });

/**
 * A connection that is closed at the first command without a valid answer. From then on every command fails at once,
 * and a new connection is tried in the background. Only the callers of that moment wait for the timeout.
 */
export const openRedisLink = ({ url, clock, onState, probeKey }: RedisLinkOptions): RedisLink => {
  let client: Redis | null = null;
  let reported: StoreState = 'ok';
  let closed = false;
  let stopReconnecting = () => {};

  const report = (state: StoreState, why: string): void => {
    if (reported === state || closed) return;
    reported = state;
    onState(state, why);
  };

  const lose = (from: Redis, why: string): void => {
    if (client !== from) return;
    client = null;
    from.disconnect();
    report('lost', why);
    stopReconnecting = clock.after(0, () => void reconnect());
  };

  /** Tries a new connection, because the old one may hang, with a write, because a read-only replica is no use. */
  const reconnect = async (): Promise<void> => {
    if (closed) return;
    const found = createClient(url);
    found.on('error', () => {});
    try {
      await found.connect();
      await inTime(found.set(probeKey, '1', 'PX', 60_000));
      if (closed) throw new StoreLost('closed');
      client = found;
      found.on('close', () => lose(found, 'the connection was closed'));
      report('ok', '');
    } catch (thrown) {
      found.disconnect();
      report('lost', reasonOf(thrown));
      if (!closed) stopReconnecting = clock.after(reconnectEveryMs, () => void reconnect());
    }
  };

  const first = reconnect();

  const evaluate = async (
    connection: Redis,
    script: Script,
    keys: readonly string[],
    values: readonly (string | Uint8Array)[],
  ): Promise<unknown> => {
    const rest = [
      keys.length,
      ...keys,
      ...values.map((value) => (typeof value === 'string' ? value : bufferOf(value))),
    ];
    try {
      return await connection.callBuffer('EVALSHA', [script.digest, ...rest]);
    } catch (thrown) {
      if (!reasonOf(thrown).startsWith('NOSCRIPT')) throw thrown;
      return await connection.callBuffer('EVAL', [script.text, ...rest]);
    }
  };

  return {
    state: () => reported,
    run: async (script, keys, values) => {
      await first;
      if (client === null) throw new StoreLost('Redis is lost');
      const connection = client;
      try {
        return await inTime(evaluate(connection, script, keys, values));
      } catch (thrown) {
        const why = reasonOf(thrown);
        if (ofOneCommand.test(why)) throw thrown;
        lose(connection, why);
        throw new StoreLost(why);
      }
    },
    close: async () => {
      closed = true;
      stopReconnecting();
      await first;
      const last = client;
      client = null;
      await last?.quit().catch(() => undefined);
      last?.disconnect();
    },
  };
};

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
