import { z } from 'zod';
import { costRowSchema } from '../src/domain/answer-schemas.ts';
import { granularities } from '../src/domain/cost.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, commaList, one, wholeNumber } from '../src/server/operation/parameters.ts';
import { representList } from '../src/server/representation/represent-list.ts';
import { costFilters, costType, currency, groupKey, groupKeysMax, range, strict } from './shared/cost-parameters.ts';
import { costTable } from './shared/cost-table.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listCosts = defineOperation({
  id: 'listCosts',
  method: 'GET',
  path: '/v1/costs',
  tag: 'Costs',
  summary: 'Cost rows of every vendor in one answer',
  description:
    'Exact cost by day, month or in total, grouped and filtered the same way for every vendor. Rows are ordered by start, then by group in the order of `groupBy`, null last; periods without cost are omitted. `totals` covers the whole result and is equal on every page. `meta.providers` says for each connection how good its part is. A question of more than 200,000 sums, one for each period, group and currency, is refused as `question-too-large` with their number; `top` and `limit` do not make it smaller.',
  scope: 'read',
  query: z.strictObject({
    ...range,
    granularity: one(
      choice(granularities).meta({
        description: 'One row a day, a month, or for the whole range; `daily` when absent.',
        examples: ['daily'],
      }),
    ).optional(),
    groupBy: commaList(groupKey, groupKeysMax).optional(),
    ...costFilters,
    costType,
    currency,
    sort: one(
      choice(['start', '-cost', 'cost']).meta({
        description: 'Order of the rows; `start` when absent.',
        examples: ['-cost'],
      }),
    ).optional(),
    top: one(
      wholeNumber({ min: 1, max: 1000 }).meta({
        description: 'Keep the groups with the largest totals; the others become one row a period with `other: true`.',
        examples: [10],
      }),
    ).optional(),
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'The rows, complete or honest about what is missing.',
      alsoAs: ['application/x-ndjson', 'text/csv'],
      schema: z.object({
        data: z.array(costRowSchema),
        totals: z.array(moneySchema),
        page: pageSchema,
        meta: metaSchema,
      }),
      example: {
        data: [
          {
            start: '2026-11-01',
            end: '2026-11-02',
            group: { provider: 'acme', service: 'search' },
            labels: {},
            cost: { amount: '118.0214', currency: 'USD' },
          },
        ],
        totals: [{ amount: '118.0214', currency: 'USD' }],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported', 'conversion-unavailable', 'question-too-large'],
  handle: async ({ query, services, accept, ...ask }) => {
    const answer = await services.costs.list(query, ask);
    // A page that is asked for by its cursor alone has the groups of its first row.
    const keys = query.groupBy ?? Object.keys(answer.data[0]?.group ?? {});
    return representList(answer, costTable(keys), { accept, path: '/v1/costs' });
  },
});
