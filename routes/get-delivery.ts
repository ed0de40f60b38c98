import { z } from 'zod';
import { noBody, none } from '../src/server/operation/operation.ts';
import { defineOperation } from './shared/operation.ts';
import { deliveryAnswer } from './shared/telemetry-answers.ts';

export const getDelivery = defineOperation({
  id: 'getDelivery',
  method: 'GET',
  path: '/v1/telemetry/deliveries/{id}',
  tag: 'Telemetry',
  summary: 'How far a delivery of telemetry is',
  description: 'Deliveries go on without their caller and survive a restart. They are kept for 30 days.',
  scope: 'read',
  query: none,
  params: z.object({
    id: z.string().meta({ description: 'The id of a delivery.', example: '0d9b3f7c1c9a4c0e9d8a7b6c5d4e3f2a' }),
  }),
  body: noBody,
  answers: { 200: deliveryAnswer('The delivery as it now is.', { state: 'running', done: 1 }) },
  problems: ['invalid-request', 'not-found'],
  handle: async ({ params, services, consumer }) => ({ json: await services.measurements.get(params.id, consumer) }),
});
