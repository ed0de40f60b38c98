import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, commaList, endDay, one } from '../src/server/operation/parameters.ts';
import { costFilters, costType, currency, groupKey, groupKeysMax, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

const forecastSchema = z
  .object({
    start: z.string(),
    end: z.string(),
    group: z.record(z.string(), z.string().nullable()),
    labels: z.record(z.string(), z.string()),
    cost: moneySchema,
    lower: moneySchema.meta({ description: 'Four days in five are expected to cost at least this.' }),
    upper: moneySchema,
    method: z.string().meta({
      description:
        "`vendor` for a forecast of the vendor; `seasonal` (weekdays, damped trend, days of the month) or `level` (less than two weeks of history) for the gateway's own; `mixed` for a sum over connections that were forecast in different ways.",
    }),
    actual: z.boolean(),
  })
  .meta({ id: 'ForecastPoint' });

export const forecastCosts = defineOperation({
  id: 'forecastCosts',
  method: 'GET',
  path: '/v1/costs/forecast',
  tag: 'Costs',
  summary: 'What is still to come, with bounds',
  description:
    'Daily or monthly points from the first day that is not wholly reported up to the horizon. A monthly point is what is known of the month and the forecast of the rest. One rule says whose forecast stands: for the running month, and where a question by month is about the whole billed cost of connections (filtered and grouped by `provider` and `connection` at most), it is the one of the vendor where it forecasts all accounts of the connection; otherwise it is ours. Connections are forecast one by one and added up, so every grouping of the same costs has the same sum. A note of each provider says whose forecast it is.',
  scope: 'read',
  query: z.strictObject({
    horizon: one(
      endDay.meta({
        description: 'The last day to forecast, at most 12 months ahead; the end of this month when absent.',
        examples: ['2026-12-31'],
      }),
    ).optional(),
    granularity: one(
      choice(['daily', 'monthly']).meta({
        description: 'One point a day or a month; `daily` when absent.',
        examples: ['monthly'],
      }),
    ).optional(),
    groupBy: commaList(groupKey, groupKeysMax).optional(),
    ...costFilters,
    costType,
    currency,
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'The points, group by group.',
      schema: z.object({ data: z.array(forecastSchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            start: '2026-11-21',
            end: '2026-11-22',
            group: {},
            labels: {},
            cost: { amount: '118.02', currency: 'USD' },
            lower: { amount: '109.5', currency: 'USD' },
            upper: { amount: '126.54', currency: 'USD' },
            method: 'seasonal',
            actual: false,
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported', 'conversion-unavailable', 'question-too-large'],
  handle: async ({ query, services, ...ask }) => ({ json: await services.forecasts.forecast(query, ask) }),
});
