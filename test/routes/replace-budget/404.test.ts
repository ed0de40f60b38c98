import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('404 of PUT /v1/budgets/{id}, kept by %s', (_who, body) => {
  const create = async () => String((await api.ask('POST', '/v1/budgets', body)).headers.location);

  it('is 404 for what is not there', async () => {
    const path = `${(await create()).slice(0, -1)}zz`;
    expect((await api.ask('PUT', path, body)).status).toBe(404);
  });
});
