import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { monitorAnswer } from './shared/anomaly-monitor-answers.ts';
import { monitorFields } from './shared/anomaly-monitor-body.ts';
import { connectionId } from './shared/budget-body.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';

export const createAnomalyMonitor = defineWrite({
  id: 'createAnomalyMonitor',
  method: 'POST',
  path: '/v1/anomaly-monitors',
  tag: 'Anomalies',
  summary: 'Have something watched',
  description: `Written through to the vendor. Where the vendor has no monitors at all, the gateway keeps it and follows it in the connection's daily costs (\`managedBy: gateway\`); what it finds stands in \`GET /v1/anomalies\` under its name. What cannot be watched is a 422 that says what can. ${writtenOnce}`,
  scope: 'write',
  query: none,
  params: none,
  body: z.strictObject({ connection: connectionId, ...monitorFields }).meta({ id: 'CreateAnomalyMonitor' }),
  answers: { 201: monitorAnswer('The monitor; `Location` is its path.') },
  problems: writeProblems,
  handle: ({ body, services, ...ask }) => services.monitors.create(body, ask),
});
