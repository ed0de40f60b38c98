import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of POST /v1/telemetry/unit-metrics/{stream} names the records that the vendor would not take', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/telemetry/unit-metrics/orders',
    payload: {
      operation: 'sum',
      records: [
        { timestamp: '2026-09-01', value: '5' },
        { timestamp: '2026-02-30', value: '0' },
      ],
    },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual([
    'body.records[1].timestamp',
    'body.records[1].value',
  ]);
});
