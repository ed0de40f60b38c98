import { z } from 'zod';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { moneySchema } from '../src/domain/money.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { one, startDay } from '../src/server/operation/parameters.ts';
import { representList } from '../src/server/representation/represent-list.ts';
import { changeTable } from './shared/change-table.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

const changeSchema = z
  .object({
    provider: z.string(),
    connection: z.string(),
    day: z.string(),
    group: z.record(z.string(), z.string().nullable()),
    before: moneySchema,
    after: moneySchema,
    seenAt: z.string(),
  })
  .meta({ id: 'Change' });

export const listChanges = defineOperation({
  id: 'listChanges',
  method: 'GET',
  path: '/v1/changes',
  tag: 'Costs',
  summary: 'What vendors changed afterwards in days already reported',
  description:
    'Vendors restate days they have already reported. Whenever a day is read again and differs, what it was and what it became is kept here for 90 days, newest first. A provider of which changes cannot be known since that day, because no day has been read a second time or the time lies too far back, is partial and says so.',
  scope: 'read',
  query: z.strictObject({
    since: one(
      startDay.meta({
        description: 'Only what was seen since this day; the last 30 days when absent.',
        examples: ['2026-11-01'],
      }),
    ).optional(),
    ...connectionFilters,
    ...paging,
    strict,
  }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of changes.',
      schema: z.object({ data: z.array(changeSchema), page: pageSchema, meta: metaSchema }),
      alsoAs: ['application/x-ndjson', 'text/csv'],
      example: {
        data: [
          {
            provider: 'acme',
            connection: 'acme',
            day: '2026-11-14',
            group: { account: 'd-1', service: 'search' },
            before: { amount: '118.02', currency: 'USD' },
            after: { amount: '119.5', currency: 'USD' },
            seenAt: '2026-11-15T08:00:00Z',
          },
        ],
        page: examplePage,
        meta: {
          complete: true,
          providers: [
            {
              provider: 'acme',
              connection: 'acme',
              status: 'fresh',
              notes: [],
              asOf: null,
              completeThrough: null,
              missing: [],
            },
          ],
        },
      },
    },
  },
  problems: [...listProblems, 'capability-unsupported'],
  handle: async ({ query, services, accept, ...ask }) =>
    representList(await services.changes.list(query, ask), changeTable, { accept, path: '/v1/changes' }),
});
