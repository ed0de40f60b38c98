import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const requestHeaders = [
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
const exposedHeaders = [
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
 * CORS for these origins; `*` alone allows all. Cookies are not allowed: pages send credentials in a header. An empty
 * list adds no headers, so browsers block pages of other origins.
 */
export const crossOrigin = (app: FastifyInstance, origins: readonly string[]): void => {
  if (origins.length === 0) return;
  const allOrigins = origins.includes('*');
  const known = new Set(origins);

  const allow = (reply: FastifyReply, origin: string): void => {
    reply.header('access-control-allow-origin', allOrigins ? '*' : origin);
  };
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !(allOrigins || known.has(origin))) return;
    allow(reply, origin);
    if (!isPreflight(request)) {
      reply.header('access-control-expose-headers', exposedHeaders);
      return;
    }
    reply
      .header('access-control-allow-methods', methods)
      .header('access-control-allow-headers', requestHeaders)
      .header('access-control-max-age', String(preflightSeconds));
    return reply.code(204).send();
  });
  // Also for unlisted origins, because the answer depends on the origin.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('vary', withOrigin([reply.getHeader('vary') ?? ''].flat().join(', ')));
  });
};
