import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

const reset = async (path: string) =>
  (await openWorkerApp()).server.inject({ method: 'POST', url: `/v1/providers/${path}` });

it('400 of POST /v1/providers/{connection}/reset names a parameter that it does not take', async () => {
  const answer = await reset('elastic/reset?force=true');
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ path: 'query.force' }] });
});
