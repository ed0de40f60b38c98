import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of POST /v1/telemetry/allocations/{stream} says that the vendor took all records', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/telemetry/allocations/split',
    payload: {
      operation: 'sum',
      records: [{ timestamp: '2026-09-01', granularity: 'DAILY', value: '5', elementName: 'Email', filter: {} }],
    },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().data).toMatchObject({ kind: 'allocation', stream: 'split', state: 'done', records: 1 });
});
