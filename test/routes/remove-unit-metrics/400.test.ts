import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of DELETE /v1/telemetry/unit-metrics/{stream} names a connection that takes no telemetry', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'DELETE', url: '/v1/telemetry/unit-metrics/orders?connection=elastic' });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ path: 'query.connection' }] });
});
