import { describe, expect, it } from 'vitest';
import { useBudgetApp, writtenDown } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('200 of GET /v1/budgets/{id}/history', () => {
  it('is for a budget of the connections file, too', async () => {
    await api.restart({ budgets: writtenDown });
    for (const connection of ['toy', 'bare']) {
      const path = `/v1/budgets/${connection}%3Awritten-down`;
      expect((await api.ask('GET', `${path}/history`)).status).toBe(200);
    }
  });
});
