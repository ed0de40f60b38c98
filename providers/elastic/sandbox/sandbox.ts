import {
  type RunningSandbox,
  type SandboxOptions,
  type SandboxReply,
  type SandboxRequest,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { budgetRoutes } from './budgets.ts';
import { type Bucketing, instanceChart, organizationChart } from './charts.ts';
import { instancesJson, itemsJson } from './costs.ts';
import { creditsJson } from './credits.ts';
import { type InstanceSpec, instances } from './instances.ts';
import { historyJson, noHistoryJson } from './invoices.ts';
import {
  errorReply,
  forbidden,
  instanceNotFound,
  invalidParameter,
  invalidRange,
  jsonReply,
  notFound,
  organizationNotFound,
  unauthorized,
} from './replies.ts';
import { readVariants, type Variants } from './variants.ts';
import { readWindow } from './window.ts';
import { createWorld, type Usage, type World } from './world.ts';

const organizationId = '2718281828';
const adminKey = 'sandbox-billing-admin-key';
/** A valid key without the role Billing admin. */
export const viewerKey = 'sandbox-viewer-key';

/** The value of an optional parameter; undefined if it is not in the list. */
const oneOf = <Value extends string>(
  request: SandboxRequest,
  name: string,
  values: readonly Value[],
  fallback: Value,
): Value | undefined => {
  const text = request.query.get(name);
  return text === null ? fallback : values.find((value) => value === text);
};
const bucketingOf = (request: SandboxRequest): Bucketing | undefined =>
  oneOf(request, 'bucketing_strategy', ['daily', 'monthly'], 'daily');

const isOfType = (instance: InstanceSpec, wanted: 'all' | 'deployments' | 'projects'): boolean =>
  wanted === 'all' || (wanted === 'deployments') === (instance.type === 'deployment');

const instanceItems = (request: SandboxRequest, usage: readonly Usage[]): SandboxReply => {
  const id = request.params.instance ?? '';
  if (!instances.some((instance) => instance.id === id)) return instanceNotFound();
  return jsonReply(
    itemsJson(
      usage.filter((entry) => entry.instance.id === id),
      false,
    ),
  );
};

const instanceCharts = (request: SandboxRequest, usage: readonly Usage[]): SandboxReply => {
  const id = request.params.instance ?? '';
  const bucketing = bucketingOf(request);
  if (bucketing === undefined) return invalidParameter('bucketing_strategy');
  const wanted = oneOf(request, 'instance_type', ['all', 'deployments', 'projects'], 'all');
  if (wanted === undefined) return invalidParameter('instance_type');
  if (!instances.some((instance) => instance.id === id)) return instanceNotFound();
  const chosen = usage.filter(({ instance }) => instance.id === id && isOfType(instance, wanted));
  return jsonReply(instanceChart(chosen, bucketing));
};

const allInstances = (request: SandboxRequest, usage: readonly Usage[]): SandboxReply => {
  const names = oneOf(request, 'include_names', ['true', 'false'], 'false');
  return names === undefined ? invalidParameter('include_names') : jsonReply(instancesJson(usage, names === 'true'));
};

const allItems = (request: SandboxRequest, usage: readonly Usage[]): SandboxReply => {
  const grouping = oneOf(request, 'serverless_group_by', ['product', 'product_family'], 'product');
  if (grouping === undefined) return invalidParameter('serverless_group_by');
  return jsonReply(itemsJson(usage, grouping === 'product_family'));
};

const allCharts = (request: SandboxRequest, usage: readonly Usage[]): SandboxReply => {
  const bucketing = bucketingOf(request);
  return bucketing === undefined
    ? invalidParameter('bucketing_strategy')
    : jsonReply(organizationChart(usage, bucketing));
};

type Handler = (request: SandboxRequest) => SandboxReply;

const historyRoute = (
  world: World,
  variants: Variants,
  inOrganization: (handle: Handler) => Handler,
): SandboxRoute => ({
  method: 'GET',
  path: '/api/v1/billing/organization/:organization/history',
  handle: inOrganization(() => jsonReply(variants.has('invoiced') ? historyJson(world) : noHistoryJson())),
});

const routesOf = (world: World, variants: Variants): SandboxRoute[] => {
  /** Checks the permission first, then the organization. */
  const inOrganization =
    (handle: Handler): Handler =>
    (request) => {
      const asked = request.params.organization ?? '';
      if (keyOf(request) === viewerKey) return forbidden(asked);
      return asked === organizationId ? handle(request) : organizationNotFound();
    };
  const overWindow = (handle: (request: SandboxRequest, usage: readonly Usage[]) => SandboxReply): Handler =>
    inOrganization((request) => {
      const window = readWindow(request.query);
      return window === null ? invalidRange() : handle(request, world.usage(window));
    });
  const organization = '/api/v2/billing/organizations/:organization';
  const get = (path: string, handle: Handler): SandboxRoute => ({ method: 'GET', path, handle });
  return [
    get(`${organization}/costs/items`, overWindow(allItems)),
    get(`${organization}/costs/instances`, overWindow(allInstances)),
    get(`${organization}/costs/instances/:instance/items`, overWindow(instanceItems)),
    get(`${organization}/charts`, overWindow(allCharts)),
    get(`${organization}/instances/:instance/charts`, overWindow(instanceCharts)),
    get(
      '/api/v1/billing/organization/:organization/line_items',
      inOrganization(() => jsonReply(creditsJson(world))),
    ),
    ...(variants.has('no-history') ? [] : [historyRoute(world, variants, inOrganization)]),
    ...(variants.has('no-budgets') ? [] : budgetRoutes(inOrganization)),
  ];
};

const keyOf = (request: SandboxRequest): string | null =>
  /^ApiKey (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;

/** The billing API on loopback. API keys have no session, so `invalidate-tokens` rejects the key once. */
export const startElasticSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  let refusals = 0;
  return startSandboxServer({
    clock: options.clock,
    port: options.port,
    routes: routesOf(createWorld(options.seed ?? 'elastic', options.clock), readVariants(options.variant)),
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
