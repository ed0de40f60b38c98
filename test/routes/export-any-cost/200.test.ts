import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of POST /v1/exports/anycost with dryRun has the rows of the month in the Common Bill Format', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/exports/anycost',
    payload: { from: 'elastic', month: '2026-10', connectionId: 'a-stream', dryRun: true },
  });
  expect(answer.statusCode).toBe(200);
  const { data } = answer.json();
  expect(data.rowCount).toBe(data.rows.length);
  expect(data.rows[0]).toMatchObject({
    'lineitem/type': 'Usage',
    'time/usage_start': '2026-10-01T00:00:00Z',
    'cost/cost': expect.stringMatching(/^\d+(\.\d+)?$/),
    'resource/service': expect.any(String),
  });
});
