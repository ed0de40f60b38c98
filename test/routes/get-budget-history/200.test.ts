import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('200 of GET /v1/budgets/{id}/history', () => {
  it('is for a budget of the connections file, too', async () => {
    const budgets = ['toy', 'bare'].map((connection) => ({
      id: 'written-down',
      connection,
      name: 'Written down',
      period: 'annual' as const,
      limit: { amount: '1', currency: 'USD' },
      alerts: [],
      scope: {},
    }));
    await api.restart({ budgets });
    for (const connection of ['toy', 'bare']) {
      const path = `/v1/budgets/${connection}%3Awritten-down`;
      expect((await api.ask('GET', `${path}/history`)).status).toBe(200);
    }
  });
});
