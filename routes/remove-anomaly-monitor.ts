import { defineOperation, noBody, none } from '../src/server/operation/define.ts';
import { monitorId } from './shared/anomaly-monitor-body.ts';
import { writeProblems, writtenOnce } from './shared/budget-answers.ts';

export const removeAnomalyMonitor = defineOperation({
  id: 'removeAnomalyMonitor',
  method: 'DELETE',
  path: '/v1/anomaly-monitors/{id}',
  tag: 'Anomalies',
  summary: 'Watch something no longer',
  description: `Removes the monitor where it is kept. A second time it is a 404. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: monitorId,
  body: noBody,
  answers: { 204: { description: 'It is gone.' } },
  problems: writeProblems,
  handle: ({ params, services, ...ask }) => services.monitors.remove(params.id, ask),
});
