import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('204 of DELETE /v1/budgets/{id}, kept by %s', (_who, body) => {
  const create = async () => String((await api.ask('POST', '/v1/budgets', body)).headers.location);

  it('is 204 without a body, then 404, and nothing is left in the list (G14)', async () => {
    const path = await create();
    expect(await api.ask('DELETE', path)).toMatchObject({ status: 204, body: '' });
    expect((await api.ask('DELETE', path)).status).toBe(404);
    expect((await api.ask('GET', path)).status).toBe(404);
    expect((await api.ask('GET', '/v1/budgets')).body).toMatchObject({ data: [] });
  });
});
