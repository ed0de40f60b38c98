import { z } from 'zod';
import { metaSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, one } from '../src/server/operation/parameters.ts';
import { costFilters, costType, currency, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { listProblems } from './shared/problems.ts';

const change = {
  current: moneySchema,
  previous: moneySchema.nullable(),
  change: moneySchema.nullable(),
  changePercent: z.string().nullable(),
};
const period = z.object({ start: z.string(), end: z.string() });

export const summariseCosts = defineOperation({
  id: 'summariseCosts',
  method: 'GET',
  path: '/v1/costs/summary',
  tag: 'Costs',
  summary: 'This period beside the one before, per provider and overall',
  description:
    'Sums the range for each connection and sets it beside the range before. A figure of the range before that is not all there is null, never zero. `totals` is the same over all connections, one entry a currency.',
  scope: 'read',
  query: z.strictObject({
    ...range,
    compare: one(
      choice(['previous-period', 'previous-month', 'previous-year']).meta({
        description:
          'What to compare with: the same number of days just before (when absent), or the same days a month or a year earlier.',
        examples: ['previous-month'],
      }),
    ).optional(),
    ...costFilters,
    costType,
    currency,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'One entry per connection and currency.',
      schema: z.object({
        data: z.array(
          z.object({ provider: z.string(), connection: z.string(), ...change }).meta({ id: 'CostSummary' }),
        ),
        totals: z.array(z.object(change).meta({ id: 'CostSummaryTotal' })),
        periods: z.object({ current: period, previous: period }),
        meta: metaSchema,
      }),
      example: {
        data: [
          {
            provider: 'acme',
            connection: 'acme',
            current: { amount: '2400.5', currency: 'USD' },
            previous: { amount: '2000', currency: 'USD' },
            change: { amount: '400.5', currency: 'USD' },
            changePercent: '20.02',
          },
        ],
        totals: [
          {
            current: { amount: '2400.5', currency: 'USD' },
            previous: { amount: '2000', currency: 'USD' },
            change: { amount: '400.5', currency: 'USD' },
            changePercent: '20.02',
          },
        ],
        periods: {
          current: { start: '2026-11-01', end: '2026-11-22' },
          previous: { start: '2026-10-11', end: '2026-11-01' },
        },
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported'],
  handle: async ({ query, services, ...ask }) => ({
    json: await services.costs.summary(query, ask),
  }),
});
