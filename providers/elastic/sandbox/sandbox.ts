import type { Clock } from '../../../src/domain/clock.ts';
import {
  type RunningSandbox,
  type SandboxOptions,
  type SandboxReply,
  type SandboxRequest,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { budgetRoutes } from './budgets.ts';
import { costRoutes } from './cost-routes.ts';
import { creditsJson } from './credits.ts';
import { historyJson, noHistoryJson } from './invoices.ts';
import { errorReply, forbidden, jsonReply, notFound, organizationNotFound, unauthorized } from './replies.ts';
import { readVariants, type Variants } from './variants.ts';
import { createWorld, type KnownUsage, type World } from './world.ts';

const organizationId = '2718281828';
const adminKey = 'sandbox-billing-admin-key';
/** A valid key without the role Billing admin. */
export const viewerKey = 'sandbox-viewer-key';

/** By seed, for all sandboxes of this process. */
const usage = new Map<string, KnownUsage>();
const worldOf = (seed: string, clock: Clock): World =>
  createWorld(
    seed,
    clock,
    usage.getOrInsertComputed(seed, () => new Map()),
  );

type Handler = (request: SandboxRequest) => SandboxReply;

const routesOf = (world: World, variants: Variants): SandboxRoute[] => {
  /** Checks the permission first, then the organization. */
  const inOrganization =
    (handle: Handler): Handler =>
    (request) => {
      const asked = request.params.organization ?? '';
      if (keyOf(request) === viewerKey) return forbidden(asked, variants);
      return asked === organizationId ? handle(request) : organizationNotFound();
    };
  const get = (path: string, handle: Handler): SandboxRoute => ({
    method: 'GET',
    path: `/api/v1/billing/organization/:organization${path}`,
    handle: inOrganization(handle),
  });
  const history = get('/history', () => jsonReply(variants.has('invoiced') ? historyJson(world) : noHistoryJson()));
  return [
    ...costRoutes(world, variants, inOrganization),
    ...(variants.has('no-credits') ? [] : [get('/line_items', () => jsonReply(creditsJson(world)))]),
    ...(variants.has('no-history') ? [] : [history]),
    ...(variants.has('no-budgets') ? [] : budgetRoutes(inOrganization)),
  ];
};

const keyOf = (request: SandboxRequest): string | null =>
  /^ApiKey (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** The billing API on loopback. API keys have no session, so `invalidate-tokens` rejects the key once. */
export const startElasticSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  let refusals = 0;
  return startSandboxServer({
    vendor: { provider: 'elastic', variant: options.variant },
    clock: options.clock,
    port: options.port,
    routes: routesOf(worldOf(options.seed ?? 'elastic', options.clock), readVariants(options.variant)),
    settings: (url) => ({ apiKey: adminKey, organizationId, baseUrl: url }),
    guard: (request) => {
      const key = keyOf(request);
      if (refusals > 0) {
        refusals -= 1;
        return unauthorized();
      }
      return key === adminKey || key === viewerKey ? null : unauthorized();
    },
    invalidateTokens: () => {
      refusals += 1;
    },
    throttled: (fault) => ({
      ...errorReply(fault.status ?? 429, 'billing_service.rate_limited', 'The rate limit has been reached.'),
      headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
    }),
    notFound: notFound(),
  });
};
