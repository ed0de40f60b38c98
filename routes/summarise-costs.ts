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
    'Sums the range for each connection and sets it beside the range before, like with like: only days that every connection of the answer has wholly reported are counted, and today never is. `periods` has the days that were asked for and those that are compared. Where no day of the range is reported yet, `current` is what is known so far, and nothing is compared. A figure of the range before that is not all there is null, never zero, and `change` is null unless both ranges are all there. `totals` is the same over all connections, one entry a currency.',
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
        periods: z.object({
          asked: period.meta({ description: 'The range of the question, up to today.' }),
          current: period.meta({ description: 'The days of it that are summed and compared.' }),
          previous: period,
        }),
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
          asked: { start: '2026-11-01', end: '2026-11-22' },
          current: { start: '2026-11-01', end: '2026-11-21' },
          previous: { start: '2026-10-12', end: '2026-11-01' },
        },
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported', 'conversion-unavailable', 'question-too-large'],
  handle: async ({ query, services, ...ask }) => ({
    json: await services.costs.summary(query, ask),
  }),
});
