import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('404 of GET /v1/telemetry/deliveries/{id} is for a delivery that there is not', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'GET', url: `/v1/telemetry/deliveries/${'b'.repeat(32)}` });
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ type: '/problems/not-found' });
});
