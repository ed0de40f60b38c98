import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

it('400 of GET /v1/operations names an effect that there is not', async () => {
  const { server } = await openWorkerApp();
  const answer = await server.inject({ method: 'GET', url: '/v1/operations?effect=delete' });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ type: '/problems/invalid-request', errors: [{ path: 'query.effect' }] });
});
