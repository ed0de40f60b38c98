import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/domain/clock.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { openShelteredStore } from '../../src/store/sheltered.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { type RedisServer, redisAbsence, startRedisServer } from '../support/redis-server.ts';

export interface Driver {
  readonly name: string;
  /** Why it cannot be tried on this machine; null where it can. */
  readonly absence: string | null;
  /** A place of its own for one test. `open` may be called again: durable drivers then find what was there. */
  readonly place: () => Promise<{ open(clock: Clock): Promise<Store>; remove(): Promise<void> }>;
}

let redis: Promise<RedisServer> | null = null;
let places = 0;
export const closeDrivers = async (): Promise<void> => {
  await (await redis)?.close();
  redis = null;
};

export const drivers: readonly Driver[] = [
  {
    name: 'memory',
    absence: null,
    place: async () => ({ open: async (clock) => createMemoryStore(clock), remove: async () => {} }),
  },
  {
    name: 'sqlite',
    absence: null,
    place: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'store-'));
      return {
        open: async (clock) => openSqliteStore(join(folder, 'gateway.sqlite'), clock),
        remove: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'sqlite, sheltered',
    absence: null,
    place: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'store-'));
      return {
        open: async (clock) =>
          openShelteredStore({
            clock,
            open: (onReplaced) => openSqliteStore(join(folder, 'gateway.sqlite'), clock, () => {}, onReplaced),
          }),
        remove: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'redis',
    absence: redisAbsence,
    place: async () => {
      redis ??= startRedisServer();
      const { url } = await redis;
      places += 1;
      const prefix = `cg1:place-${places}:`;
      return { open: async (clock) => openRedisStore({ url, clock, prefix, time: 'clock' }), remove: async () => {} };
    },
  },
];
