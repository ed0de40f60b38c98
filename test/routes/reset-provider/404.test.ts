import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

const reset = async (path: string) =>
  (await openWorkerApp()).server.inject({ method: 'POST', url: `/v1/providers/${path}` });

it('404 of POST /v1/providers/{connection}/reset is for a connection that nobody knows', async () => {
  const answer = await reset('acme/reset');
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ type: '/problems/not-found' });
});
