import { noBody, none } from '../src/server/operation/operation.ts';
import { defineOperation } from './shared/operation.ts';

export const metrics = defineOperation({
  id: 'metrics',
  method: 'GET',
  path: '/metrics',
  tag: 'Gateway',
  summary: 'Prometheus metrics',
  description: 'Requests, vendor calls, quotas and pauses in the Prometheus text format.',
  scope: 'admin',
  query: none,
  params: none,
  body: noBody,
  answers: { 200: { description: 'The metrics.', alsoAs: ['text/plain'] } },
  problems: [],
  handle: async ({ services }) => ({
    text: await services.metrics.text(),
    contentType: services.metrics.contentType,
  }),
});
