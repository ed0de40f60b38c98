import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { type Allow, type Allowance, allowLocally, allowThroughStore, type StoreBacked } from './allowance.ts';
import { clientOf, whoAsks } from './client-address.ts';

const ofConsumer = 'consumer ';
const ofAddress = 'address ';

/**
 * Whose limit a request uses: its consumer's, or that of its client address where there is no consumer. The consumer that
 * everybody is without authentication has a limit for each address.
 */
export const limitKeyOf = ({ consumer, ip }: Pick<FastifyRequest, 'consumer' | 'ip'>): string => {
  if (consumer === null) return `${ofAddress}${clientOf(ip)}`;
  const who = whoAsks(consumer, ip);
  return who.startsWith(ofConsumer) ? who : `${ofConsumer}${who}`;
};

/**
 * What stands behind the plugin in place of its own stores: a rolling window for each key, kept in the Store port for
 * consumers and in memory for addresses. Its callback never carries an error; a count that fails grants the request.
 */
export const rateLimitStore = (options: StoreBacked): FastifyRateLimitStoreCtor => {
  const allowConsumer = allowThroughStore(options);
  const allowAddress = allowLocally(options.clock, options);
  const allow: Allow = (key) =>
    key.startsWith(ofConsumer)
      ? allowConsumer(key.slice(ofConsumer.length))
      : allowAddress(key.slice(ofAddress.length));
  const uncounted: Allowance = { granted: true, left: 0, resetInMs: options.windowMs };

  return class implements FastifyRateLimitStore {
    incr(...[key, callback, , max]: Parameters<FastifyRateLimitStore['incr']>): void {
      allow(key)
        .catch(() => uncounted)
        .then(({ granted, left, resetInMs }) =>
          // A count above the limit is how the plugin is told to refuse.
          callback(null, { current: granted ? max - left : max + 1, ttl: resetInMs }),
        );
    }
    child(): FastifyRateLimitStore {
      return this;
    }
  };
};
