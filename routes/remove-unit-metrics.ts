import { z } from 'zod';
import { noBody } from '../src/server/operation/operation.ts';
import { freeText, one } from '../src/server/operation/parameters.ts';
import { defineWrite } from './shared/operation.ts';
import { writeProblems, writtenOnce } from './shared/problems.ts';
import { streamParameter } from './shared/telemetry-answers.ts';

export const removeUnitMetrics = defineWrite({
  id: 'removeUnitMetrics',
  method: 'DELETE',
  path: '/v1/telemetry/unit-metrics/{stream}',
  tag: 'Telemetry',
  summary: 'Remove a unit metric with all its records',
  description: `The vendor removes the stream. ${writtenOnce}`,
  scope: 'write',
  query: z.strictObject({
    connection: one(
      freeText({ max: 63 }).meta({
        description: 'The connection that has it; needed where several can.',
        examples: ['acme'],
      }),
    ).optional(),
  }),
  params: streamParameter,
  body: noBody,
  answers: { 204: { description: 'It is removed.' } },
  problems: writeProblems,
  handle: ({ query, params, services, ...ask }) =>
    services.measurements.removeStream({ kind: 'unit-metric', ...params, ...query }, ask),
});
