import { z } from 'zod';
import { monitorSchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { exampleMonitor } from './shared/anomaly-monitor-answers.ts';
import { connectionFilters, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listAnomalyMonitors = defineOperation({
  id: 'listAnomalyMonitors',
  method: 'GET',
  path: '/v1/anomaly-monitors',
  tag: 'Anomalies',
  summary: 'What is being watched',
  description:
    'Monitors that vendors keep, and those that the gateway keeps itself: for connections whose vendor has none, and those of its connections file. Beside them the gateway watches every connection by account, service and region.',
  scope: 'read',
  query: z.strictObject({ ...connectionFilters, ...paging, strict }),
  params: none,
  body: noBody,
  answers: {
    200: {
      description: 'A page of the list.',
      schema: z.object({ data: z.array(monitorSchema), page: pageSchema, meta: metaSchema }),
      example: { data: [exampleMonitor], page: examplePage, meta: exampleMeta },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({ json: await services.monitors.list(query, ask) }),
});
