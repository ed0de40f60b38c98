import {
  type RunningSandbox,
  type SandboxFault,
  type SandboxOptions,
  type SandboxReply,
  type SandboxRequest,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { operations } from '../catalogue.ts';
import { accountRoutes } from './account-routes.ts';
import { Accounts } from './accounts/accounts.ts';
import { accessDenied } from './accounts/tokens.ts';
import { anomalyRoutes } from './anomaly-routes.ts';
import { budgetRoutes } from './budget-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { costRoutes } from './cost-routes.ts';
import { documentedRoutes } from './documented.ts';
import { governanceRoutes } from './governance-routes.ts';
import { RollingLock, rollingThrottle } from './lock.ts';
import { reservationRoutes } from './reservation-routes.ts';
import { savingRoutes } from './saving-routes.ts';
import { roundedReply, sparseReply } from './sparse.ts';
import { variantsOf } from './variants.ts';
import { notFound, scopeMismatch, unauthorized } from './wire.ts';
import { type KnownFigures, World } from './world.ts';

const registration = {
  clientId: '1000.SANDBOXCLIENT',
  clientSecret: 'sandbox-client-secret',
  refreshToken: '1000.sandbox-refresh.token',
};

const isOauth = (request: SandboxRequest): boolean => request.path.startsWith('/oauth/');

/** The scope that an operation needs; null for one that the gateway does not use. */
const scopeOf = ({ method, path }: SandboxRequest): string | null =>
  patterns.find((each) => each.method === method && each.path.test(path))?.scope ?? null;
const patterns = Object.values(operations).map(({ method, path, scope }) => ({
  method: String(method),
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  scope,
}));

/** The vendor's per-API lock has status 400 or 200. Any other status simulates a 429 of a proxy. */
const throttled = (fault: SandboxFault, request: SandboxRequest): SandboxReply => {
  if (isOauth(request)) return accessDenied(fault.status ?? 400);
  const headers: Record<string, string> = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
  if (fault.status !== 200 && fault.status !== 400) {
    return { status: fault.status ?? 429, headers, json: { message: 'Too many requests', code: 429 } };
  }
  return rollingThrottle(fault.status, headers);
};

/** What variants make of the answers. */
const withVariants = (world: World, routes: readonly SandboxRoute[]): SandboxRoute[] =>
  routes.map((route) => ({
    ...route,
    handle: async (request) => {
      const reply = await route.handle(request);
      const rounded = world.variants.has('rounded') ? roundedReply(reply) : reply;
      return world.variants.has('sparse') ? sparseReply(rounded) : rounded;
    },
  }));

/** By seed and variants, for all sandboxes of this process. */
const figures = new Map<string, KnownFigures>();

/** CloudSpend and its accounts server on one port. Its variants are a comma list of those in variants.ts. */
export const startCloudspendSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  const variants = variantsOf(options.variant);
  const seed = options.seed ?? 'cloudspend';
  const known = figures.getOrInsertComputed(`${seed} ${options.variant ?? ''}`, () => new Map());
  const world = new World(seed, () => options.clock.today(), variants, known);
  const lock = variants.has('rolling-lock') ? new RollingLock(options.clock) : null;
  const accounts = new Accounts(options.clock, registration);
  return startSandboxServer({
    vendor: { provider: 'cloudspend', variant: options.variant },
    clock: options.clock,
    port: options.port,
    // What locks nobody out needs no pace.
    settings: (url) => ({
      ...registration,
      baseUrl: url,
      accountsUrl: url,
      ...(lock === null ? { callsPerOperation: '1000000' } : {}),
    }),
    routes: [
      ...accounts.routes('us'),
      ...withVariants(world, [
        ...costRoutes(world),
        ...accountRoutes(world),
        ...budgetRoutes(world),
        ...anomalyRoutes(world),
        ...checkRoutes(world),
        ...savingRoutes(world),
        ...reservationRoutes(world),
        ...governanceRoutes(world),
      ]),
    ],
    guard: (request) => {
      if (isOauth(request)) return null;
      const scopes = accounts.tokens.scopesOf(request.headers.authorization);
      if (scopes === null) return unauthorized();
      const scope = scopeOf(request);
      return scope === null || scopes.has(scope) ? (lock?.check(request) ?? null) : scopeMismatch();
    },
    people: accounts.people('us'),
    invalidateTokens: () => accounts.tokens.invalidate(),
    throttled,
    otherwise: documentedRoutes(() => options.clock.today()),
    notFound: notFound(),
  });
};
