import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of GET /v1/telemetry/deliveries/{id} tells how far a delivery is', async () => {
  const { server } = await openWorkerApp();
  const payload = { operation: 'sum', records: [{ timestamp: '2026-09-01', value: '5' }] };
  const sent = await server.inject({ method: 'POST', url: '/v1/telemetry/unit-metrics/told', payload });
  const { id } = sent.json().data;
  const answer = await server.inject({ method: 'GET', url: `/v1/telemetry/deliveries/${id}` });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual(sent.json());
});
