import type { Clock } from '../../../src/domain/clock.ts';
import { documentedAnswers } from '../../../src/vendor/sandbox/documented-answers.ts';
import {
  type RunningSandbox,
  type SandboxOptions,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { liveAnycostRoutes, publishedAnycostRoutes } from './anycost.ts';
import { budgetRoutes } from './budgets.ts';
import { createConnections } from './connections.ts';
import { liveCostRoutes, publishedCostRoutes } from './costs.ts';
import { insightRoutes } from './insights.ts';
import { recommendationRoutes } from './recommendations.ts';
import { answeredOnce, inNamespaces } from './repeated.ts';
import { type Manner, refusal, refusedKey, type Variant } from './replies.ts';
import { telemetryRoutes } from './telemetry.ts';
import { viewRoutes } from './views.ts';
import { createWorld, dimensions, type ListPrices, type World } from './world.ts';

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

/** What callers set up at the vendor. */
const managedRoutes = (manner: Manner, world: World, clock: Clock): SandboxRoute[] => {
  const kept = [...budgetRoutes(manner, world, clock), ...insightRoutes(manner, clock)];
  if (manner.variant === 'published') return [...kept, ...publishedAnycostRoutes()];
  const { routes, takesDrops } = createConnections(clock);
  return [...kept, ...viewRoutes(clock, manner.loose), ...routes, ...liveAnycostRoutes({ clock, takesDrops })];
};

const routesOf = (manner: Manner, world: World, clock: Clock): SandboxRoute[] => {
  const { variant, loose } = manner;
  const managed = () => managedRoutes(manner, world, clock);
  const shared = [dimensionRoute(variant), ...telemetryRoutes(variant, clock)];
  if (variant === 'published') return [...shared, ...publishedCostRoutes(world, clock, loose), ...managed()];
  return [
    ...shared,
    ...liveCostRoutes(world, clock, loose),
    ...recommendationRoutes(clock, loose),
    ...answeredOnce(inNamespaces(clock, managed)),
  ];
};

/** Lists end on their first page, which has one item: a cursor that is only an example leads nowhere. */
const onePage = {
  page_count: 1,
  item_count: 1,
  total_count: 1,
  has_next: false,
  has_previous: false,
  next_cursor: null,
  previous_cursor: null,
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
  const { variant } = manner;
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
    routes: routesOf(manner, world, clock),
    otherwise: documentedAnswers({
      document: new URL(`../document/${variant}.json`, import.meta.url),
      example: { values: onePage },
    }),
    settings: (url) => ({ apiKey, baseUrl: url }),
    throttled: (fault) => ({
      ...refusal(variant, 429, 'Too many requests.'),
      ...(fault.status === undefined ? {} : { status: fault.status }),
      headers: fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
    }),
    notFound: refusal(variant, 404, 'Not Found'),
  });
};
