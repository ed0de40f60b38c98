import { describe, expect, it } from 'vitest';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('415 of POST /v1/budgets', () => {
  it('is 415 for another media type', async () => {
    expect((await api.ask('POST', '/v1/budgets', core, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});
