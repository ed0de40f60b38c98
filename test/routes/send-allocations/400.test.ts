import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of POST /v1/telemetry/allocations/{stream} names the element that is due', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/telemetry/allocations/split',
    payload: { operation: 'sum', records: [{ timestamp: '2026-09-01', granularity: 'DAILY', value: '5' }] },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ errors: [{ path: 'body.records[0].elementName' }] });
});
