import { Redis } from 'ioredis';
import type { Clock } from '../domain/clock.ts';
import type { Script } from './redis-scripts.ts';

export type StoreState = 'ok' | 'lost';
export type OnState = (state: StoreState, why: string) => void;

/** Redis does not answer, or not as it should. */
export class StoreLost extends Error {}

const redisConnectTimeoutMs = 300;
const commandTimeoutMs = 150;
/** How often Redis is looked for while it is lost. */
const lookEveryMs = 500;
/** Our own mistake, or somebody else's data: Redis itself is well. */
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

/** Repeats nothing, queues nothing, waits for nothing: what Redis did not answer in time may still be done by it. */
const createClient = (url: string): Redis =>
  new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: redisConnectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    retryStrategy: () => null,
    reconnectOnError: null,
  });

/**
 * A connection that is given up at the first command without a good answer. From then on every command fails at once,
 * while Redis is looked for behind them: nobody but the callers of that moment ever waits for a Redis that is gone.
 */
export const openRedisLink = ({ url, clock, onState, probeKey }: RedisLinkOptions): RedisLink => {
  let client: Redis | null = null;
  let said: StoreState = 'ok';
  let closed = false;
  let stopLooking = () => {};

  const say = (state: StoreState, why: string): void => {
    if (said === state || closed) return;
    said = state;
    onState(state, why);
  };

  const lose = (from: Redis, why: string): void => {
    if (client !== from) return;
    client = null;
    from.disconnect();
    say('lost', why);
    stopLooking = clock.after(0, () => void look());
  };

  /** A new connection, so that one which the network has swallowed is not waited for; writing, so that a replica is none. */
  const look = async (): Promise<void> => {
    if (closed) return;
    const found = createClient(url);
    found.on('error', () => {});
    try {
      await found.connect();
      await found.set(probeKey, '1', 'PX', 60_000);
      if (closed) throw new StoreLost('closed');
      client = found;
      found.on('close', () => lose(found, 'the connection was closed'));
      say('ok', '');
    } catch (thrown) {
      found.disconnect();
      say('lost', reasonOf(thrown));
      if (!closed) stopLooking = clock.after(lookEveryMs, () => void look());
    }
  };

  const first = look();

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
    state: () => said,
    run: async (script, keys, values) => {
      await first;
      if (client === null) throw new StoreLost('Redis is lost');
      const connection = client;
      try {
        return await evaluate(connection, script, keys, values);
      } catch (thrown) {
        const why = reasonOf(thrown);
        if (ofOneCommand.test(why)) throw thrown;
        lose(connection, why);
        throw new StoreLost(why);
      }
    },
    close: async () => {
      closed = true;
      stopLooking();
      await first;
      const last = client;
      client = null;
      await last?.quit().catch(() => undefined);
      last?.disconnect();
    },
  };
};

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
