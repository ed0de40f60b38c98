import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Log } from '../../telemetry/log.ts';
import { beginExchange } from './client-errors.ts';
import { instanceOf } from './problems.ts';
import { traceIdOf } from './trace-context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** From the caller's `traceparent`; null without one. The gateway creates no trace ids. */
    traceId: string | null;
  }
}

/** Node's parser accepts other versions. */
const versions = new Set(['1.0', '1.1']);
const wellFormed = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's id if it is well-formed, else a new one. */
export const requestIdOf = (header: string | readonly string[] | undefined, clock: Clock): string =>
  typeof header === 'string' && wellFormed.test(header) ? header : clock.id();

/** Node takes the first of several; a proxy before the gateway may have taken another. */
const hostsOf = (rawHeaders: readonly string[]): number => {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
};

/** Adds the request id to every answer, and logs one line for each. */
export const requestContext = (app: FastifyInstance, options: { readonly log: Log }): void => {
  app.decorateRequest('traceId', null);
  app.addHook('onRequest', async (request, reply) => {
    request.traceId = traceIdOf(request.headers.traceparent);
    beginExchange(request.raw, reply.raw);
    reply.header('x-request-id', request.id);
    if (!versions.has(request.raw.httpVersion)) {
      reply.header('connection', 'close');
      throw new Failure('invalid-request', { public: 'Only HTTP/1.1 and HTTP/1.0 are supported.' });
    }
    if (hostsOf(request.raw.rawHeaders) > 1) {
      reply.header('connection', 'close');
      throw new Failure('invalid-request', { public: 'A request has one Host header.' });
    }
    // The router takes `*` for a route with a wildcard.
    if (request.raw.url === '*') throw new Failure('not-found', { public: 'No operation has this path.' });
  });
  app.addHook('onResponse', async (request, reply) => {
    options.log.info(
      {
        requestId: request.id,
        ...(request.traceId === null ? {} : { traceId: request.traceId }),
        method: request.method,
        path: instanceOf(request.raw.url ?? ''),
        operation: request.routeOptions.config.operation,
        consumer: request.consumer?.name,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
};
