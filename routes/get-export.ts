import { z } from 'zod';
import { noBody, none } from '../src/server/operation/operation.ts';
import { exportAnswer } from './shared/export-answers.ts';
import { defineOperation } from './shared/operation.ts';

export const getExport = defineOperation({
  id: 'getExport',
  method: 'GET',
  path: '/v1/exports/{id}',
  tag: 'Exports',
  summary: 'How far an export is',
  description:
    'Exports go on without their caller and survive a restart. They are kept for 30 days, and can be seen by whoever sees both connections.',
  scope: 'read',
  query: none,
  params: z.object({
    id: z.string().meta({ description: 'The id of an export.', example: '4f0c1f7c1c9a4c0e9d8a7b6c5d4e3f2a' }),
  }),
  body: noBody,
  answers: { 200: exportAnswer('The export as it now is.', { state: 'running', done: 3, total: 5, requests: 3 }) },
  problems: ['invalid-request', 'not-found'],
  handle: async ({ params, services, consumer }) => ({ json: await services.exports.get(params.id, consumer) }),
});
