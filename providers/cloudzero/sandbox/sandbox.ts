import {
  type RunningSandbox,
  type SandboxOptions,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { budgetRoutes } from './budgets.ts';
import { liveCostRoutes, publishedCostRoutes } from './costs.ts';
import { insightRoutes } from './insights.ts';
import { recommendationRoutes } from './recommendations.ts';
import { type Manner, refusal, refusedKey, type Variant } from './replies.ts';
import { viewRoutes } from './views.ts';
import { createWorld, dimensions, type ListPrices } from './world.ts';

const apiKey = 'cz-sandbox-key-5f2d91c07a';

const dimensionRoute = (variant: Variant): SandboxRoute => ({
  method: 'GET',
  path: '/v2/billing/dimensions',
  handle: () => ({
    json:
      variant === 'live'
        ? { dimensions: dimensions.map(({ id, name }) => ({ id, name })) }
        : { data: dimensions.map(({ id, name }) => ({ id, name, type: id.includes(':') ? 'custom' : 'core' })) },
  }),
});

const manners: ReadonlyMap<string, Manner> = new Map([
  ['live', { variant: 'live', loose: false }],
  ['live-loose', { variant: 'live', loose: true }],
  ['published', { variant: 'published', loose: false }],
  ['published-loose', { variant: 'published', loose: true }],
]);

const mannerOf = (text = 'live'): Manner => {
  const manner = manners.get(text);
  if (manner !== undefined) return manner;
  throw new TypeError(`the variants of the CloudZero sandbox are ${[...manners.keys()].join(', ')}`);
};

/** By seed, for all sandboxes of this process. */
const listPrices = new Map<string, ListPrices>();

/**
 * `variant` selects the dialect: `live` (the default) or `published`. With `-loose` behind it, what the document makes
 * optional is left out, lists and costs have short pages, times have no
 * offset, accounts are numbers, and amounts are as short as they can be.
 */
export const startCloudzeroSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  const manner = mannerOf(options.variant);
  const { variant, loose } = manner;
  const { clock } = options;
  const seed = options.seed ?? 'cloudzero';
  const world = createWorld(
    seed,
    () => clock.today(),
    listPrices.getOrInsertComputed(seed, () => new Map()),
  );
  return startSandboxServer({
    vendor: { provider: 'cloudzero', dialect: variant, variant: options.variant },
    clock,
    port: options.port,
    guard: (request) => (request.headers.authorization === apiKey ? null : refusedKey(variant)),
    routes: [
      dimensionRoute(variant),
      ...(variant === 'live' ? liveCostRoutes(world, clock, loose) : publishedCostRoutes(world, clock, loose)),
      ...budgetRoutes(manner, world, clock),
      ...(variant === 'live' ? viewRoutes(clock, loose) : []),
      ...insightRoutes(manner, clock),
      ...(variant === 'live' ? recommendationRoutes(clock, loose) : []),
    ],
    settings: (url) => ({ apiKey, baseUrl: url }),
    throttled: (fault) => ({
      ...refusal(variant, 429, 'Too many requests.'),
      ...(fault.status === undefined ? {} : { status: fault.status }),
      headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
    }),
    notFound: refusal(variant, 404, 'Not Found'),
  });
};
