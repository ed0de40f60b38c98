import {
  type RunningSandbox,
  type SandboxOptions,
  type SandboxRoute,
  startSandboxServer,
} from '../../../src/vendor/sandbox/server.ts';
import { budgetRoutes } from './budgets.ts';
import { liveCostRoutes, publishedCostRoutes } from './costs.ts';
import { insightRoutes } from './insights.ts';
import { refusal, refusedKey, type Variant } from './replies.ts';
import { createWorld, dimensions } from './world.ts';

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

const variantOf = (text: string | undefined): Variant => {
  if (text === undefined || text === 'live') return 'live';
  if (text === 'published') return 'published';
  throw new TypeError('the CloudZero sandbox is either live or published');
};

/** `variant` selects the dialect: `live` (the default) or `published`. */
export const startCloudzeroSandbox = (options: SandboxOptions): Promise<RunningSandbox> => {
  const variant = variantOf(options.variant);
  const { clock } = options;
  const world = createWorld(options.seed ?? 'cloudzero', () => clock.today());
  return startSandboxServer({
    clock,
    port: options.port,
    guard: (request) => (request.headers.authorization === apiKey ? null : refusedKey(variant)),
    routes: [
      dimensionRoute(variant),
      ...(variant === 'live' ? liveCostRoutes(world, clock) : publishedCostRoutes(world, clock)),
      ...budgetRoutes(variant, world, clock),
      ...insightRoutes(variant, clock),
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
