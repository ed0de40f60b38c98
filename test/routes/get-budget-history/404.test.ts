import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('404 of GET /v1/budgets/{id}/history', () => {
  it.each(['toy%3Anothing', 'nobody%3Ab-1', 'toy', '%3Ab-1'])('is 404 for %s', async (id) => {
    expect((await api.ask('GET', `/v1/budgets/${id}/history`)).status).toBe(404);
  });
});
