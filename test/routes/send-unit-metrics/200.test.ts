import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of POST /v1/telemetry/unit-metrics/{stream} says that the vendor took all records', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/telemetry/unit-metrics/orders-by-team',
    payload: {
      operation: 'sum',
      records: [{ timestamp: '2026-09-01', value: '2717', associatedCost: { 'custom:Engineering Team': 'Leonardo' } }],
    },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().data).toMatchObject({
    connection: 'cloudzero',
    state: 'done',
    records: 1,
    total: 1,
    unknown: [],
  });
});
