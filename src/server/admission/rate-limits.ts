import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { MountOptions } from '../operation/mount.ts';
import { type Allow, type Allowance, allowLocally, allowThroughStore, type StoreBacked } from './allowance.ts';
import { clientOf } from './client-address.ts';

type Authenticate = MountOptions['authenticate'];

export interface RateLimits {
  /** For requests that are no operation: unknown paths, wrong methods, pages. Call it before those are registered. */
  readonly watch: (server: FastifyInstance) => void;
  /** For requests whose credential is not accepted. */
  readonly guard: (authenticate: (request: FastifyRequest) => Consumer | Promise<Consumer>) => Authenticate;
  /** For operations. */
  readonly admit: NonNullable<MountOptions['admit']>;
}

const secondsIn = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));

/** Whoever asks whether we are well must never be told to come back later. */
const isExempt = (path: string): boolean => path.startsWith('/health/');

/**
 * One limit for each consumer, and one for each client address without one, so that strangers use up nobody's share.
 * The headers follow draft-ietf-httpapi-ratelimit-headers.
 */
export const openRateLimits = (options: StoreBacked): RateLimits => {
  const { clock, limit, windowMs } = options;
  const ofConsumer = allowThroughStore(options);
  const ofAddress = allowLocally(clock, options);
  const policy = `"default";q=${limit};w=${secondsIn(windowMs)}`;

  const tell = (reply: FastifyReply, { left, resetInMs }: Allowance): void => {
    reply.header('ratelimit-policy', policy);
    reply.header('ratelimit', `"default";r=${Math.max(0, left)};t=${secondsIn(resetInMs)}`);
  };

  const count = async (allow: Allow, name: string, reply: FastifyReply): Promise<void> => {
    const allowance = await allow(name);
    tell(reply, allowance);
    if (allowance.granted) return;
    throw new Failure('rate-limited', {
      public: `No more than ${limit} requests are taken in ${secondsIn(windowMs)} seconds.`,
      retryAfterMs: Math.max(1, allowance.resetInMs),
    });
  };
  const countStranger = (request: FastifyRequest, reply: FastifyReply) => count(ofAddress, clientOf(request.ip), reply);

  return {
    watch: (server) => {
      server.addHook('onRequest', async (request, reply) => {
        if (request.method === 'OPTIONS' || request.routeOptions.config.operation !== undefined) return;
        await countStranger(request, reply);
      });
    },
    guard: (authenticate) => async (request, reply) => {
      try {
        return await authenticate(request);
      } catch (refusal) {
        await countStranger(request, reply);
        throw refusal;
      }
    },
    admit: async (operation, request, reply) => {
      if (request.consumer !== null) await count(ofConsumer, request.consumer.name, reply);
      else if (!isExempt(operation.path)) await countStranger(request, reply);
    },
  };
};
