import { expect, it } from 'vitest';
import { openWorkerApp } from '../shared/worker-app.ts';

const list = async (query: string) =>
  (await openWorkerApp()).server.inject({ method: 'GET', url: `/v1/operations?${query}` });

it('200 of GET /v1/operations has the operations of a vendor with what a caller must send', async () => {
  const answer = await list('provider=elastic&q=costs%20INSTANCES&limit=2');
  expect(answer.statusCode).toBe(200);
  expect(answer.json().data).toContainEqual(
    expect.objectContaining({
      id: 'getCostsByInstancesV2',
      provider: 'elastic',
      connections: ['elastic'],
      method: 'GET',
      path: '/api/v2/billing/organizations/{organization_id}/costs/instances',
      area: 'Costs',
      effect: 'read',
      parameters: expect.arrayContaining([{ name: 'from', in: 'query', required: true, json: false }]),
    }),
  );
});

it('200 of GET /v1/operations keeps to an area and to what writes', async () => {
  const answer = await list('provider=elastic&area=Budgets&effect=write');
  const found: { id: string }[] = answer.json().data;
  expect(found.map(({ id }) => id)).toEqual(['createBudget', 'updateBudget', 'deleteBudget']);
});
