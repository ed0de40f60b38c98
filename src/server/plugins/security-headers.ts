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

/** For the API reference, whose script makes its own style elements. Scripts stay those of our own files. */
export const referencePagePolicy = { ...ownOrigin, styleSrc: ["'self'", "'unsafe-inline'"] };

/**
 * Nothing is loaded from anywhere but the gateway itself. Whether there is TLS in front is not known here, so
 * Strict-Transport-Security is left to whoever ends it.
 */
export const securityHeaders = (app: FastifyInstance): void => {
  app.register(helmet, {
    global: true,
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    contentSecurityPolicy: { useDefaults: false, directives: ownOrigin },
  });
};
