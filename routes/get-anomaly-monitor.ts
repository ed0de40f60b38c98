import { noBody, none } from '../src/server/operation/operation.ts';
import { monitorAnswer } from './shared/anomaly-monitor-answers.ts';
import { monitorId } from './shared/anomaly-monitor-body.ts';
import { defineOperation } from './shared/operation.ts';
import { readProblems } from './shared/problems.ts';

export const getAnomalyMonitor = defineOperation({
  id: 'getAnomalyMonitor',
  method: 'GET',
  path: '/v1/anomaly-monitors/{id}',
  tag: 'Anomalies',
  summary: 'One monitor',
  description: 'The monitor as it stands in the list.',
  scope: 'read',
  query: none,
  params: monitorId,
  body: noBody,
  answers: { 200: monitorAnswer('The monitor.') },
  problems: readProblems,
  handle: async ({ params, services, ...ask }) => ({ json: await services.monitors.get(params.id, ask) }),
});
