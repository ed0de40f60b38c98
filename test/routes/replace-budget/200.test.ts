import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('200 of PUT /v1/budgets/{id}, kept by %s', (_who, body) => {
  const create = async () => String((await api.ask('POST', '/v1/budgets', body)).headers.location);

  it('is 200 with all of it replaced, and the next read shows it', async () => {
    const path = await create();
    const { alerts: _alerts, ...rest } = { ...body, name: 'Renamed', period: 'quarterly' };
    const changed = await api.ask('PUT', path, rest);
    expect(changed).toMatchObject({
      status: 200,
      body: { data: { name: 'Renamed', period: 'quarterly', alerts: [] } },
    });
    expect((await api.ask('GET', path)).body).toMatchObject({ data: { name: 'Renamed', alerts: [] } });
    expect((await api.ask('GET', '/v1/budgets')).body).toMatchObject({ data: [{ name: 'Renamed' }] });
  });

  it('is 200 without a connection in the body', async () => {
    const path = await create();
    const { connection: _connection, ...rest } = body;
    expect((await api.ask('PUT', path, rest)).status).toBe(200);
  });
});
