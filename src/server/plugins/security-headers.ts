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

const policyText = (directives: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(directives)
    .map(([name, values]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${values.join(' ')}`)
    .join(';');

/** What the plugin below adds to every answer, for answers that are sent without it. */
export const refusalHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policyText(ownOrigin),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

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
