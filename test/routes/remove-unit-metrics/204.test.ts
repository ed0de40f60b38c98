import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('204 of DELETE /v1/telemetry/unit-metrics/{stream} removes a stream that there is', async () => {
  const { server } = await openWorkerApp();
  const payload = { operation: 'sum', records: [{ timestamp: '2026-09-01', value: '5' }] };
  await server.inject({ method: 'POST', url: '/v1/telemetry/unit-metrics/to-remove', payload });
  const answer = await server.inject({ method: 'DELETE', url: '/v1/telemetry/unit-metrics/to-remove' });
  expect([answer.statusCode, answer.body]).toEqual([204, '']);
});
