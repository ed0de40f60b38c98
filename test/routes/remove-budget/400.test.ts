import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('400 of DELETE /v1/budgets/{id}, kept by %s', (_who, body) => {
  const create = async () => String((await api.ask('POST', '/v1/budgets', body)).headers.location);

  it('is 400 for a body that is not valid', async () => {
    expect((await api.ask('DELETE', await create(), { really: true })).status).toBe(400);
  });
});
