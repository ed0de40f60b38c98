import {
  type RunningSandbox,
  type SandboxFault,
  type SandboxOptions,
  type SandboxReply,
  type SandboxRequest,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { accountRoutes } from './account-routes.ts';
import { anomalyRoutes } from './anomaly-routes.ts';
import { budgetRoutes } from './budget-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { costRoutes } from './cost-routes.ts';
import { savingRoutes } from './saving-routes.ts';
import { accessDenied, TokenServer } from './tokens.ts';
import { notFound, unauthorized } from './wire.ts';
import { World } from './world.ts';

const registration = {
  clientId: '1000.SANDBOXCLIENT',
  clientSecret: 'sandbox-client-secret',
  refreshToken: '1000.sandbox-refresh.token',
};

const isOauth = (request: SandboxRequest): boolean => request.path.startsWith('/oauth/');

/** The vendor's per-API lock has status 400 or 200. Any other status simulates a 429 of a proxy. */
const throttled = (fault: SandboxFault, request: SandboxRequest): SandboxReply => {
  if (isOauth(request)) return accessDenied(fault.status ?? 400);
  const headers: Record<string, string> = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
  if (fault.status !== 200 && fault.status !== 400) {
    return { status: fault.status ?? 429, headers, json: { message: 'Too many requests', code: 429 } };
  }
  return {
    status: fault.status,
    headers,
    json: {
      error: {
        status_code: 400,
        title: 'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED',
        details: {
          message: 'Cannot execute more than 100 requests per API in 2 minutes. Try again after 22 minutes.',
        },
      },
    },
  };
};

/** CloudSpend and its accounts server on one port. It has no variants. */
export const startCloudspendSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  const world = new World(options.seed ?? 'cloudspend', () => options.clock.today());
  const tokens = new TokenServer(options.clock, registration);
  return startSandboxServer({
    clock: options.clock,
    port: options.port,
    settings: (url) => ({ ...registration, baseUrl: url, accountsUrl: url }),
    routes: [
      { method: 'POST', path: '/oauth/v2/token', handle: (request) => tokens.token(request) },
      { method: 'POST', path: '/oauth/v2/token/revoke', handle: (request) => tokens.revoke(request) },
      ...costRoutes(world),
      ...accountRoutes(world),
      ...budgetRoutes(world),
      ...anomalyRoutes(world),
      ...checkRoutes(world),
      ...savingRoutes(world),
    ],
    guard: (request) => (isOauth(request) || tokens.accepts(request.headers.authorization) ? null : unauthorized()),
    invalidateTokens: () => tokens.invalidate(),
    throttled,
    notFound: notFound(),
  });
};
