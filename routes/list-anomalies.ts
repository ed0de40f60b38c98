import { z } from 'zod';
import { anomalySchema } from '../src/domain/answer-schemas.ts';
import { metaSchema, pageSchema } from '../src/domain/meta.ts';
import { severities } from '../src/domain/nouns.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { choice, decimalParameter, many, one } from '../src/server/operation/parameters.ts';
import { connectionFilters, range, strict } from './shared/cost-parameters.ts';
import { exampleMeta, examplePage } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { paging } from './shared/paging.ts';
import { listProblems } from './shared/problems.ts';

export const listAnomalies = defineOperation({
  id: 'listAnomalies',
  method: 'GET',
  path: '/v1/anomalies',
  tag: 'Anomalies',
  summary: 'Cost that is out of line',
  description:
    'What is out of line, with what was expected and what came, the latest first; the last 90 days when no range is given. `detectedBy: vendor` is what a vendor has found. `detectedBy: gateway` comes from the daily costs of every connection, by account, service and region at medium sensitivity and by the monitors that the gateway keeps; days that a vendor has not wholly reported are not judged, and such an anomaly is open until its costs are back in line or have become the usual. `impact` is actual minus expected, negative for a drop; a vendor may tell it alone, and `expected` and `actual` are then null. `minImpact` looks at the size of the impact.',
  scope: 'read',
  query: z.strictObject({
    ...range,
    severity: many(
      choice(severities).meta({ description: 'Only this severity. Repeat it for several.', examples: ['high'] }),
    ).optional(),
    status: many(
      choice(['open', 'closed']).meta({ description: 'Only this status. Repeat it for both.', examples: ['open'] }),
    ).optional(),
    detectedBy: many(
      choice(['vendor', 'gateway']).meta({ description: 'Only what this side has detected.', examples: ['vendor'] }),
    ).optional(),
    minImpact: one(
      decimalParameter.meta({
        description: 'Only what is at least this far out of line, in its own currency.',
        examples: ['100'],
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
      description: 'A page of the list.',
      schema: z.object({ data: z.array(anomalySchema), page: pageSchema, meta: metaSchema }),
      example: {
        data: [
          {
            id: 'acme:5:1767225600000',
            provider: 'acme',
            connection: 'acme',
            name: 'us-east-1',
            detectedAt: '2026-01-01T00:00:00Z',
            severity: 'low',
            status: 'open',
            nativeStatus: 'open',
            direction: 'increase',
            scope: { region: 'us-east-1' },
            expected: { amount: '630.619', currency: 'USD' },
            actual: { amount: '862.999', currency: 'USD' },
            impact: { amount: '232.38', currency: 'USD' },
            deviationPercent: '36.85',
            detectedBy: 'vendor',
          },
          {
            id: 'acme:gw:service:AmazonEC2:2025-12-28',
            provider: 'acme',
            connection: 'acme',
            name: 'AmazonEC2',
            detectedAt: '2025-12-28T00:00:00Z',
            severity: 'high',
            status: 'closed',
            nativeStatus: 'closed',
            direction: 'decrease',
            scope: { service: 'AmazonEC2' },
            expected: { amount: '1204.5', currency: 'USD' },
            actual: { amount: '301.25', currency: 'USD' },
            impact: { amount: '-903.25', currency: 'USD' },
            deviationPercent: '-74.99',
            detectedBy: 'gateway',
          },
        ],
        page: examplePage,
        meta: exampleMeta,
      },
    },
  },
  problems: listProblems,
  handle: async ({ query, services, ...ask }) => ({
    json: await services.anomalies.list(query, ask),
  }),
});
