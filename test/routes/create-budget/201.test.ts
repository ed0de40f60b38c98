import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('201 of POST /v1/budgets', () => {
  it('is 201 with Location and the budget as the vendor holds it', async () => {
    const made = await api.ask('POST', '/v1/budgets', core);
    expect(made).toMatchObject({
      status: 201,
      headers: { location: '/v1/budgets/toy%3Ab-1' },
      body: {
        data: {
          id: 'toy:b-1',
          provider: 'toy',
          connection: 'toy',
          limit: { amount: '25000.5', currency: 'USD' },
          alerts: [
            { thresholdPercent: '80', recipients: ['ops@example.com'] },
            { thresholdPercent: '99.5', recipients: [] },
          ],
          managedBy: 'vendor',
        },
        meta: { complete: true, providers: [{ connection: 'toy', status: 'fresh' }] },
      },
    });
  });

  it('leads by its Location to the same budget', async () => {
    const made = await api.ask('POST', '/v1/budgets', core);
    const read = await api.ask('GET', String(made.headers.location));
    expect(read).toMatchObject({ status: 200, body: { data: { id: 'toy:b-1', name: 'Core platform' } } });
    expect(await api.ask('GET', '/v1/budgets')).toMatchObject({ body: { data: [{ id: 'toy:b-1' }] } });
  });

  it('is 201 for a vendor without budgets: the gateway keeps it, and sets it against the costs', async () => {
    const made = await api.ask('POST', '/v1/budgets', bareCore);
    const costs = await api.ask('GET', '/v1/costs?connection=bare&granularity=total');
    const [spent] = Object(costs.body).totals;
    expect(made).toMatchObject({
      status: 201,
      body: {
        data: { managedBy: 'gateway', spent, forecast: { currency: 'USD' }, createdAt: '2026-11-21T10:00:00Z' },
      },
    });
    expect(await api.ask('GET', String(made.headers.location))).toMatchObject({
      status: 200,
      body: { data: { managedBy: 'gateway', spent } },
    });
  });

  it('tells the first answer again under the same Idempotency-Key, to the letter', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    const first = await api.ask('POST', '/v1/budgets', core, key);
    const again = await api.ask('POST', '/v1/budgets', core, key);
    expect(again.status).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(api.toy.sends).toHaveLength(1);
  });

  it('knows a body again whose fields stand in another order', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    await api.ask('POST', '/v1/budgets', core, key);
    const turned = Object.fromEntries(Object.entries(core).reverse());
    expect((await api.ask('POST', '/v1/budgets', turned, key)).status).toBe(201);
    expect(api.toy.sends).toHaveLength(1);
  });

  it('takes a key of 255 characters', async () => {
    expect((await api.ask('POST', '/v1/budgets', core, { 'idempotency-key': 'k'.repeat(255) })).status).toBe(201);
  });
});
