import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('400 of GET /v1/budgets/{id}/history', () => {
  it('is for a parameter that it does not take', async () => {
    expect((await api.ask('GET', '/v1/budgets/toy%3Ab-1/history?expand=all')).status).toBe(400);
  });
});
