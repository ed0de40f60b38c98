import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('404 of DELETE /v1/telemetry/unit-metrics/{stream} is for a path without a stream', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'DELETE', url: '/v1/telemetry/unit-metrics/' });
  expect(answer.statusCode).toBe(404);
});
