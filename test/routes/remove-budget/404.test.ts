import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';
import { everybodyIs } from '../shared/expected.ts';

const api = useBudgetApp();

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('404 of DELETE /v1/budgets/{id}, kept by %s', (_who, body) => {
  const create = async () => String((await api.ask('POST', '/v1/budgets', body)).headers.location);

  it('is 404 for what is not there', async () => {
    const path = `${(await create()).slice(0, -1)}zz`;
    expect((await api.ask('DELETE', path)).status).toBe(404);
  });
});

it('is 404 for a connection that the consumer may not see', async () => {
  await api.restart({ authenticate: everybodyIs({ connections: new Set(['bare']) }) });
  api.toy.put({ nativeId: 'b-1' });
  expect((await api.ask('DELETE', '/v1/budgets/toy%3Ab-1')).status).toBe(404);
  expect(api.toy.budgets.size).toBe(1);
});
