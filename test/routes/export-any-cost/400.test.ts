import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of POST /v1/exports/anycost names a month that there is not, and a field that it does not know', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({
    method: 'POST',
    url: '/v1/exports/anycost',
    payload: { from: 'elastic', month: '2026-13', connectionId: 'a-stream', stream: 'x' },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors.map(({ path }: { path: string }) => path)).toEqual(['body.month', 'body.stream']);
});
