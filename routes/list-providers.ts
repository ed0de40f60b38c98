import { z } from 'zod';
import { backfillSchema } from '../src/domain/backfill.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { connectionFilters } from './shared/cost-parameters.ts';
import { examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';

const instant = z.string().nullable();

export const providerSchema = z
  .object({
    provider: z.string(),
    connection: z.string(),
    title: z.string(),
    sandbox: z.boolean().meta({ description: 'Its figures come from a simulated vendor.' }),
    dialect: z.string().nullable(),
    health: z.enum(['ok', 'degraded', 'down', 'unknown']).meta({
      description:
        '`down`: calls cannot succeed now. `degraded`: some calls fail or wait. `unknown`: no call has succeeded or failed since the start.',
    }),
    capabilities: z.record(z.string(), z.unknown()),
    circuit: z.enum(['closed', 'open', 'half-open']),
    pausedUntil: instant,
    pauseReason: z.string().nullable(),
    token: z
      .object({ state: z.enum(['valid', 'refreshing', 'throttled', 'revoked', 'none']), expiresAt: instant })
      .nullable(),
    quotas: z.array(
      z.object({
        name: z.string(),
        operation: z
          .string()
          .optional()
          .meta({ description: 'Where the vendor counts each of its operations for itself: the one counted here.' }),
        limit: z.int(),
        window: z.string(),
        spent: z.int(),
        left: z.int(),
        resetsAt: instant,
      }),
    ),
    lastSuccessAt: instant,
    lastFailure: z.object({ kind: z.string(), public: z.string(), at: z.string() }).nullable(),
    backfill: backfillSchema
      .nullable()
      .meta({ description: 'How far older months are read ahead; null where that was never asked for.' }),
    completeThrough: z.string().nullable(),
    cache: z.object({ segments: z.int(), bytes: z.int() }),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Provider' });

export const listProviders = defineOperation({
  id: 'listProviders',
  method: 'GET',
  path: '/v1/providers',
  tag: 'Providers',
  summary: 'Each connection: what it can, how it is, what is left of its quotas',
  description:
    'Capabilities, health, circuit, token state (never the token), pauses, quotas and how far each vendor has reported. It makes no call to a vendor beyond finding out a dialect, and waits for none: a connection that is `unknown` is tried in the background, at most once a minute and without cost to a quota.',
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'One entry per connection.',
      schema: z.object({ data: z.array(providerSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            provider: 'acme',
            connection: 'acme',
            title: 'Acme Cloud',
            sandbox: false,
            dialect: 'live',
            health: 'ok',
            capabilities: {
              costs: { dimensions: ['account', 'service'], granularities: ['daily'], costTypes: ['billed'] },
              budgets: ['list'],
            },
            circuit: 'closed',
            pausedUntil: null,
            pauseReason: null,
            token: null,
            quotas: [
              {
                name: 'cost-queries',
                limit: 60,
                window: 'PT24H',
                spent: 4,
                left: 56,
                resetsAt: '2026-11-22T08:00:00Z',
              },
            ],
            lastSuccessAt: '2026-11-21T10:00:00Z',
            lastFailure: null,
            backfill: { from: '2025-11-01', to: '2026-11-20', doneThrough: '2026-03-31', callsLeft: 8 },
            completeThrough: '2026-11-20',
            cache: { segments: 12, bytes: 123456 },
            warnings: [],
          },
        ],
        page: examplePage,
        meta: { complete: true, providers: [] },
      },
    },
  },
  problems: ['invalid-request', 'cursor-expired'],
  handle: async ({ query, services, ...ask }) => ({
    json: await services.providers.list(query, ask),
  }),
});
