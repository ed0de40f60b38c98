import { expect, it } from 'vitest';
import { storeExport } from '../shared/stored-export.ts';
import { openWorkerApp } from '../shared/worker-app.ts';

it('200 of GET /v1/exports/{id} tells how far an export is', async () => {
  const { server } = await openWorkerApp();
  const id = await storeExport();
  const answer = await server.inject({ method: 'GET', url: `/v1/exports/${id}` });
  expect(answer.statusCode).toBe(200);
  expect(answer.json().data).toMatchObject({
    id,
    state: 'running',
    done: 3,
    total: 5,
    updatedAt: '2026-11-21T10:00:04Z',
  });
});
