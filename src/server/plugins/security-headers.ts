import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const ownOrigin = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:'],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
};

/** For the API reference, whose script adds style elements. Scripts are still restricted to this origin. */
export const referencePagePolicy = { ...ownOrigin, styleSrc: ["'self'", "'unsafe-inline'"] };

/**
 * Pages load nothing from other origins. Strict-Transport-Security is left to the proxy that terminates TLS, because
 * the gateway does not know whether there is one.
 */
export const securityHeaders = (app: FastifyInstance): void => {
  app.register(helmet, {
    global: true,
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    contentSecurityPolicy: { useDefaults: false, directives: ownOrigin },
  });
};
