import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { type Bucketing, instanceChart, organizationChart } from './charts.ts';
import { instancesJson, itemsJson } from './costs.ts';
import { type InstanceSpec, instances } from './instances.ts';
import { instanceNotFound, invalidParameter, invalidRange, jsonReply } from './replies.ts';
import type { Variants } from './variants.ts';
import { readWindow } from './window.ts';
import type { Usage, World } from './world.ts';

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

const instanceItems = (request: SandboxRequest, usage: readonly Usage[], variants: Variants): SandboxReply => {
  const id = request.params.instance ?? '';
  if (!instances.some((instance) => instance.id === id)) return instanceNotFound();
  return jsonReply(
    itemsJson(
      usage.filter((entry) => entry.instance.id === id),
      false,
      variants,
    ),
  );
};

const instanceCharts = (request: SandboxRequest, usage: readonly Usage[], variants: Variants): SandboxReply => {
  const id = request.params.instance ?? '';
  const bucketing = bucketingOf(request);
  if (bucketing === undefined) return invalidParameter('bucketing_strategy');
  const wanted = oneOf(request, 'instance_type', ['all', 'deployments', 'projects'], 'all');
  if (wanted === undefined) return invalidParameter('instance_type');
  if (!instances.some((instance) => instance.id === id)) return instanceNotFound();
  const chosen = usage.filter(({ instance }) => instance.id === id && isOfType(instance, wanted));
  return jsonReply(instanceChart(chosen, bucketing, variants));
};

const allInstances = (request: SandboxRequest, usage: readonly Usage[], variants: Variants): SandboxReply => {
  const names = oneOf(request, 'include_names', ['true', 'false'], 'false');
  return names === undefined
    ? invalidParameter('include_names')
    : jsonReply(instancesJson(usage, names === 'true', variants));
};

const allItems = (request: SandboxRequest, usage: readonly Usage[], variants: Variants): SandboxReply => {
  const grouping = oneOf(request, 'serverless_group_by', ['product', 'product_family'], 'product');
  if (grouping === undefined) return invalidParameter('serverless_group_by');
  return jsonReply(itemsJson(usage, grouping === 'product_family', variants));
};

const allCharts = (request: SandboxRequest, usage: readonly Usage[], variants: Variants): SandboxReply => {
  const bucketing = bucketingOf(request);
  return bucketing === undefined
    ? invalidParameter('bucketing_strategy')
    : jsonReply(organizationChart(usage, bucketing, variants));
};

type Handler = (request: SandboxRequest) => SandboxReply;

/** Costs and charts. */
export const costRoutes = (
  world: World,
  variants: Variants,
  inOrganization: (handle: Handler) => Handler,
): SandboxRoute[] => {
  const get = (path: string, handle: typeof allItems): SandboxRoute => ({
    method: 'GET',
    path: `/api/v2/billing/organizations/:organization${path}`,
    handle: inOrganization((request) => {
      const window = readWindow(request.query);
      return window === null ? invalidRange() : handle(request, world.usage(window), variants);
    }),
  });
  const charts = [get('/charts', allCharts), get('/instances/:instance/charts', instanceCharts)];
  return [
    get('/costs/items', allItems),
    get('/costs/instances', allInstances),
    get('/costs/instances/:instance/items', instanceItems),
    ...(variants.has('no-charts') ? [] : charts),
  ];
};
