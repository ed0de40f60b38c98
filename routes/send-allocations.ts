import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { allocationRecordSchema } from '../src/services/measurements/records.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems } from './shared/problems.ts';
import {
  recordsMax,
  sentAnswers,
  sentDescription,
  streamParameter,
  telemetryConnection,
  telemetryOperation,
} from './shared/telemetry-answers.ts';

export const sendAllocations = defineWrite({
  id: 'sendAllocations',
  method: 'POST',
  path: '/v1/telemetry/allocations/{stream}',
  resultsUnder: '/v1/telemetry/deliveries',
  tag: 'Telemetry',
  summary: 'Send records by which costs are divided',
  description: sentDescription,
  scope: 'write',
  query: none,
  params: streamParameter,
  body: z
    .strictObject({
      connection: telemetryConnection,
      operation: telemetryOperation,
      records: z.array(allocationRecordSchema).min(1).max(recordsMax),
    })
    .meta({ id: 'SendAllocations' }),
  answers: sentAnswers,
  problems: writeProblems,
  handle: ({ body, params, services, ...ask }) => services.measurements.send('allocation', params.stream, body, ask),
});
