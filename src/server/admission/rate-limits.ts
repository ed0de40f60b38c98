import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { MountOptions } from '../operation/mount.ts';
import type { StoreBacked } from './allowance.ts';
import { limitKeyOf, rateLimitStore } from './rate-limit-store.ts';

type Authenticate = MountOptions['authenticate'];

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
export const createRateLimits = (options: StoreBacked): RateLimits => {
  const { limit, windowMs } = options;
  const policy = `"default";q=${limit};w=${secondsIn(windowMs)}`;
  let verdictOn: ReturnType<FastifyInstance['createRateLimit']> = () => {
    throw new TypeError('call watch before requests are counted');
  };

  const count = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const verdict = await verdictOn(request);
    if (verdict.isAllowed) return;
    reply.header('ratelimit-policy', policy);
    reply.header('ratelimit', `"default";r=${verdict.remaining};t=${secondsIn(verdict.ttl)}`);
    if (!verdict.isExceeded) return;
    throw new Failure('rate-limited', {
      public: `No more than ${limit} requests are taken in ${secondsIn(windowMs)} seconds.`,
      retryAfterMs: Math.max(1, verdict.ttl),
    });
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
        await count(request, reply);
      });
    },
    guard: (authenticate) => async (request, reply) => {
      try {
        return await authenticate(request);
      } catch (refusal) {
        await count(request, reply);
        throw refusal;
      }
    },
    admit: async (operation, request, reply) => {
      if (request.consumer === null && isExempt(operation.path)) return;
      await count(request, reply);
    },
  };
};
