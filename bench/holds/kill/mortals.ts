import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { type RedisServer, startRedisServer } from '../../../test/support/redis-server.ts';
import { type GatewayProcess, startGateway } from '../../../test/support/whole-app/gateway-process.ts';
import type { VendorsProcess } from '../../../test/support/whole-app/vendors.ts';

/** Gateways that can be killed and started again on what they had stored. */
export interface Mortals {
  urls(): readonly string[];
  /** Kills one gateway, or Redis, and starts it again. Rejects if it does not start. */
  kill(victim: number): Promise<void>;
  /** Gateways, and Redis as the last where there is one. */
  readonly victims: number;
  isRedis(victim: number): boolean;
  close(): Promise<void>;
}

const environment = { RATE_LIMIT_MAX: '1000000', REQUEST_DEADLINE: '15s' };

/** One gateway with a folder of its own, or several with a Redis whose every write is on disk before it is answered. */
export const startMortals = async (
  vendors: VendorsProcess,
  seed: string,
  replicas: number | null,
  compileFirst: boolean,
): Promise<Mortals> => {
  const folder = await mkdtemp(join(tmpdir(), 'mortals-'));
  const redis: RedisServer | null = replicas === null ? null : await startRedisServer({ appendOnly: true });
  // A process that is killed leaves no compiled code behind, so one is stopped first: the others start in half the time.
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const start = (): Promise<GatewayProcess> =>
    startGateway({
      file: { connections: vendors.connections },
      folder,
      environment: {
        ...environment,
        ...compiled,
        ...(redis === null ? {} : { REDIS_URL: redis.url, REPLICAS: String(replicas) }),
      },
    });
  if (compileFirst) {
    const first = await start();
    first.kill('SIGTERM');
    await first.ended;
    await first.close();
  }
  const gateways = await Promise.all(Array.from({ length: replicas ?? 1 }, start));
  let kills = 0;
  const downMs = (): number => {
    kills += 1;
    return 150 * draw(seed, 'down', kills);
  };
  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  return {
    urls: () => gateways.map(({ url }) => url),
    victims: gateways.length + (redis === null ? 0 : 1),
    isRedis: (victim) => victim >= gateways.length,
    kill: async (victim) => {
      const gateway = gateways[victim];
      if (gateway !== undefined) {
        await gateway.close();
        gateways[victim] = await start();
        return;
      }
      await redis?.kill();
      await pause(downMs());
      await redis?.restart();
    },
    close: async () => {
      for (const gateway of gateways) await gateway.close();
      await redis?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
