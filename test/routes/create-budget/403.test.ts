import { describe, expect, it } from 'vitest';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';
import { everybodyIs } from '../shared/expected.ts';

const api = useBudgetApp();

describe('403 of POST /v1/budgets', () => {
  it('is for a caller without the scope to write', async () => {
    await api.restart({ authenticate: everybodyIs({ scopes: new Set(['read'] as const) }) });
    expect((await api.ask('POST', '/v1/budgets', core)).status).toBe(403);
  });
});
