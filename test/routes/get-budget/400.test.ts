import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('400 of GET /v1/budgets/{id}', () => {
  it('is 400 for a parameter that it does not take', async () => {
    expect((await api.ask('GET', '/v1/budgets/toy%3Ab-1?expand=all')).status).toBe(400);
  });
});
