import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const asked = [
  'Accept',
  'Authorization',
  'Cache-Control',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'traceparent',
  'tracestate',
  'X-Api-Key',
  'X-Deadline-Ms',
  'X-Request-Id',
].join(', ');
const told = [
  'Age',
  'Allow',
  'Cache-Status',
  'Cost-Gateway-Complete',
  'Cost-Gateway-Missing',
  'Deprecation',
  'ETag',
  'Link',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Sunset',
  'WWW-Authenticate',
  'X-Request-Id',
].join(', ');
const preflightSeconds = 600;

const withOrigin = (vary: string): string => {
  const names = vary.split(',').map((name) => name.trim().toLowerCase());
  return names.includes('origin') || names.includes('*') ? vary : [vary, 'Origin'].filter(Boolean).join(', ');
};

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;

/**
 * Lets pages of these origins call, `*` alone for all. Credentials travel in a header that the page sets, so cookies
 * are never asked for. With no origin nothing is said, and browsers keep other pages out.
 */
export const crossOrigin = (app: FastifyInstance, origins: readonly string[]): void => {
  if (origins.length === 0) return;
  const everybody = origins.includes('*');
  const known = new Set(origins);

  const allow = (reply: FastifyReply, origin: string): void => {
    reply.header('access-control-allow-origin', everybody ? '*' : origin);
  };
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !(everybody || known.has(origin))) return;
    allow(reply, origin);
    if (!isPreflight(request)) {
      reply.header('access-control-expose-headers', told);
      return;
    }
    reply
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', asked)
      .header('access-control-max-age', String(preflightSeconds));
    return reply.code(204).send();
  });
  // Also where the origin is not listed: what is said differs by it.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('vary', withOrigin([reply.getHeader('vary') ?? ''].flat().join(', ')));
  });
};
