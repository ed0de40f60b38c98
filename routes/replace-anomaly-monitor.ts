import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { monitorAnswer } from './shared/anomaly-monitor-answers.ts';
import { monitorFields, monitorId } from './shared/anomaly-monitor-body.ts';
import { connectionId } from './shared/budget-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const replaceAnomalyMonitor = defineWrite({
  id: 'replaceAnomalyMonitor',
  method: 'PUT',
  path: '/v1/anomaly-monitors/{id}',
  tag: 'Anomalies',
  summary: 'Change a monitor',
  description: `Replaces all of it: what is left out is emptied. Of two changes at once the later one holds. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: monitorId,
  body: z.strictObject({ connection: connectionId.optional(), ...monitorFields }).meta({ id: 'ReplaceAnomalyMonitor' }),
  answers: { 200: monitorAnswer('The monitor as it is now.') },
  problems: writeProblems,
  handle: ({ params, body, services, ...ask }) => services.monitors.replace(params.id, body, ask),
});
