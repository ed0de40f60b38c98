import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

const reset = async (path: string) =>
  (await openWorkerApp()).server.inject({ method: 'POST', url: `/v1/providers/${path}` });

it('200 of POST /v1/providers/{connection}/reset says how the connection stands after it', async () => {
  const answer = await reset('elastic/reset');
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ connection: 'elastic', circuit: 'closed', pausedUntil: null });
});
