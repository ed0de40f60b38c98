import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('422 of DELETE /v1/telemetry/unit-metrics/{stream} is for a key that another write has', async () => {
  const { server } = await openWorkerApp();
  const remove = (stream: string) =>
    server.inject({
      method: 'DELETE',
      url: `/v1/telemetry/unit-metrics/${stream}`,
      headers: { 'idempotency-key': 'remove-once' },
    });
  await server.inject({
    method: 'POST',
    url: '/v1/telemetry/unit-metrics/first',
    payload: { operation: 'sum', records: [{ timestamp: '2026-09-01', value: '5' }] },
  });
  expect((await remove('first')).statusCode).toBe(204);
  const answer = await remove('second');
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ type: '/problems/idempotency-mismatch' });
});
