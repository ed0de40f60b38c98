import { z } from 'zod';
import { none } from '../src/server/operation/operation.ts';
import { unitMetricRecordSchema } from '../src/services/measurements/records.ts';
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

export const sendUnitMetrics = defineWrite({
  id: 'sendUnitMetrics',
  method: 'POST',
  path: '/v1/telemetry/unit-metrics/{stream}',
  resultsUnder: '/v1/telemetry/deliveries',
  tag: 'Telemetry',
  summary: 'Send records of a unit metric',
  description: sentDescription,
  scope: 'write',
  query: none,
  params: streamParameter,
  body: z
    .strictObject({
      connection: telemetryConnection,
      operation: telemetryOperation,
      records: z.array(unitMetricRecordSchema).min(1).max(recordsMax),
    })
    .meta({ id: 'SendUnitMetrics' }),
  answers: sentAnswers,
  problems: writeProblems,
  handle: ({ body, params, services, ...ask }) => services.measurements.send('unit-metric', params.stream, body, ask),
});
