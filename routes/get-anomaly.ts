import { z } from 'zod';
import { detailedAnomalySchema } from '../src/domain/answer-schemas.ts';
import { metaSchema } from '../src/domain/meta.ts';
import { noBody, none } from '../src/server/operation/operation.ts';
import { exampleMeta } from './shared/examples.ts';
import { defineOperation } from './shared/operation.ts';
import { readProblems } from './shared/problems.ts';

export const getAnomaly = defineOperation({
  id: 'getAnomaly',
  method: 'GET',
  path: '/v1/anomalies/{id}',
  tag: 'Anomalies',
  summary: 'One anomaly, what drove it, and the days around it',
  description:
    "The anomaly as it stands in the list, with `rootCauses` and `history`. Of a vendor's they are the vendor's own, and empty where it tells none. Of the gateway's, the other dimensions of its costs are compared with the same weekday of the four weeks before: the ten that drove it most. An id that is none is a 400, one that nothing is known of a 404.",
  scope: 'read',
  query: none,
  params: z.strictObject({
    id: z.string().meta({
      description: 'The id as it stands in the list, `<connection>:<native id>`, percent-encoded.',
      example: 'acme:gw:service:AmazonEC2:2026-11-10',
    }),
  }),
  body: noBody,
  answers: {
    200: {
      description: 'The anomaly.',
      schema: z.object({ data: detailedAnomalySchema, meta: metaSchema }),
      example: {
        data: {
          id: 'acme:gw:service:AmazonEC2:2026-11-10',
          provider: 'acme',
          connection: 'acme',
          name: 'AmazonEC2',
          detectedAt: '2026-11-10T00:00:00Z',
          severity: 'high',
          status: 'closed',
          nativeStatus: 'closed',
          direction: 'increase',
          scope: { service: 'AmazonEC2' },
          expected: { amount: '1204.5', currency: 'USD' },
          actual: { amount: '2409', currency: 'USD' },
          impact: { amount: '1204.5', currency: 'USD' },
          deviationPercent: '100',
          detectedBy: 'gateway',
          rootCauses: [
            {
              kind: 'region',
              id: 'us-east-1',
              name: 'US East',
              alias: null,
              service: 'AmazonEC2',
              region: 'us-east-1',
              account: null,
              cost: { amount: '2000', currency: 'USD' },
              change: { amount: '1180', currency: 'USD' },
              sharePercent: '97.97',
              isNew: false,
            },
          ],
          history: [
            { day: '2026-11-09', actual: { amount: '1198', currency: 'USD' }, expected: null },
            {
              day: '2026-11-10',
              actual: { amount: '2409', currency: 'USD' },
              expected: { amount: '1204.5', currency: 'USD' },
            },
          ],
          similar: [],
        },
        meta: exampleMeta,
      },
    },
  },
  problems: readProblems,
  handle: async ({ params, services, ...ask }) => ({ json: await services.anomalies.get(params.id, ask) }),
});
