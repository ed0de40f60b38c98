import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of GET /v1/telemetry/deliveries/{id} names a parameter that it does not take', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'GET', url: `/v1/telemetry/deliveries/${'a'.repeat(32)}?wait=true` });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ path: 'query.wait' }] });
});
