import { noBody, none } from '../src/server/operation/operation.ts';
import { monitorId } from './shared/anomaly-monitor-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const removeAnomalyMonitor = defineWrite({
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
