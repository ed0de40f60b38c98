import { z } from 'zod';
import { metaSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { budgetId } from './shared/budget-body.ts';
import { exampleMeta } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { readProblems } from './shared/problems.ts';

const period = z
  .object({
    start: z.string().meta({ format: 'date' }),
    end: z.string().meta({ format: 'date', description: 'Exclusive.' }),
    limit: moneySchema.nullable().meta({ description: 'Null where the budget has none.' }),
    spent: moneySchema,
    percentUsed: z.string().nullable(),
  })
  .meta({ id: 'BudgetPeriod' });
const fired = z
  .object({
    thresholdPercent: z.string(),
    firedAt: z.string().meta({
      format: 'date-time',
      description: 'When; the beginning of the day where only the day is known.',
    }),
    spent: moneySchema,
  })
  .meta({ id: 'FiredAlert' });

export const getBudgetHistory = defineOperation({
  id: 'getBudgetHistory',
  method: 'GET',
  path: '/v1/budgets/{id}/history',
  tag: 'Budgets',
  summary: 'Past periods of one budget',
  description:
    "What was spent in each past period, the earliest first, and which alerts that crossed. The vendor's own history where it has one; else from the connection's costs by calendar periods and the limit of today, without the periods before the first cost.",
  scope: 'read',
  query: none,
  params: budgetId,
  body: noBody,
  answers: {
    200: {
      description: 'The periods before the present one, and the alerts.',
      schema: z.object({ data: z.object({ periods: z.array(period), alerts: z.array(fired) }), meta: metaSchema }),
      example: {
        data: {
          periods: [
            {
              start: '2026-10-01',
              end: '2026-11-01',
              limit: { amount: '25000.5', currency: 'USD' },
              spent: { amount: '21875.4375', currency: 'USD' },
              percentUsed: '87.5',
            },
          ],
          alerts: [
            {
              thresholdPercent: '80',
              firedAt: '2026-10-29T00:00:00Z',
              spent: { amount: '20044.7', currency: 'USD' },
            },
          ],
        },
        meta: exampleMeta,
      },
    },
  },
  problems: [...readProblems, 'capability-unsupported'],
  handle: async ({ params, services, ...ask }) => ({ json: await services.budgets.history(params.id, ask) }),
});
