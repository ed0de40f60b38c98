import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('404 of POST /v1/telemetry/unit-metrics/{stream} is for a path without a stream', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'POST', url: '/v1/telemetry/unit-metrics/', payload: {} });
  expect(answer.statusCode).toBe(404);
});
