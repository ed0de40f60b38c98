import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { MountOptions } from '../operation/mount.ts';
import type { StoreBacked } from './allowance.ts';
import type { Door } from './door.ts';
import { limitKeyOf, rateLimitStore } from './rate-limit-store.ts';

type Authenticate = MountOptions['authenticate'];

export interface RateLimitOptions extends StoreBacked {
  /** Told when the limit of an operation's caller is used up. */
  readonly onUsed?: Door['limits'];
}

export interface RateLimits {
  /** Registers the plugin, and counts requests that are no operation: unknown paths, wrong methods, pages. Call it before those are registered. */
  readonly watch: (server: FastifyInstance) => void;
  /** For requests whose credential is not accepted. */
  readonly guard: (authenticate: (request: FastifyRequest) => Consumer | Promise<Consumer>) => Authenticate;
  /** For operations. */
  readonly admit: NonNullable<MountOptions['admit']>;
}

const secondsIn = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));

/** Health checks are never rate limited. */
const isExempt = (path: string): boolean => path.startsWith('/health/');

/**
 * One limit for each consumer, and one for each client address without a consumer: unauthenticated callers use up no consumer's share.
 * The plugin is only asked for a verdict. The headers are ours: they follow draft-ietf-httpapi-ratelimit-headers.
 */
export const createRateLimits = (options: RateLimitOptions): RateLimits => {
  const { limit, windowMs } = options;
  const policy = `"default";q=${limit};w=${secondsIn(windowMs)}`;
  let verdictOn: ReturnType<FastifyInstance['createRateLimit']> = () => {
    throw new TypeError('call watch before requests are counted');
  };

  const refusal = (resetInMs: number): Failure =>
    new Failure('rate-limited', {
      public: `No more than ${limit} requests are taken in ${secondsIn(windowMs)} seconds.`,
      retryAfterMs: Math.max(1, resetInMs),
    });
  const headers = (resetInMs: number) => ({
    'ratelimit-policy': policy,
    ratelimit: `"default";r=0;t=${secondsIn(resetInMs)}`,
  });

  /** `isCallers`: whether every request to operations with this credential and from this address has the same limit. */
  const count = async (request: FastifyRequest, reply: FastifyReply, isCallers: boolean): Promise<void> => {
    const verdict = await verdictOn(request);
    if (verdict.isAllowed) return;
    reply.header('ratelimit-policy', policy);
    reply.header('ratelimit', `"default";r=${verdict.remaining};t=${secondsIn(verdict.ttl)}`);
    if (!verdict.isExceeded) return;
    if (isCallers) {
      const freeAt = options.clock.monotonic() + verdict.ttl;
      options.onUsed?.(request.raw, { freeAt, failure: refusal, headers });
    }
    throw refusal(verdict.ttl);
  };

  return {
    watch: (server) => {
      server.register(rateLimit, {
        global: false,
        max: limit,
        timeWindow: windowMs,
        keyGenerator: limitKeyOf,
        store: rateLimitStore(options),
      });
      server.after(() => {
        verdictOn = server.createRateLimit();
      });
      server.addHook('onRequest', async (request, reply) => {
        if (request.method === 'OPTIONS' || request.routeOptions.config.operation !== undefined) return;
        await count(request, reply, false);
      });
    },
    guard: (authenticate) => async (request, reply) => {
      try {
        return await authenticate(request);
      } catch (rejection) {
        await count(request, reply, true);
        throw rejection;
      }
    },
    admit: async (operation, request, reply) => {
      if (request.consumer === null && isExempt(operation.path)) return;
      await count(request, reply, request.consumer !== null);
    },
  };
};
