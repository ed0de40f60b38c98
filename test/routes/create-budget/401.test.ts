import { describe, expect, it } from 'vitest';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';
import { refuseEverybody } from '../shared/expected.ts';

const api = useBudgetApp();

describe('401 of POST /v1/budgets', () => {
  it('is for a caller without a credential', async () => {
    await api.restart({ authenticate: refuseEverybody });
    expect((await api.ask('POST', '/v1/budgets', core)).status).toBe(401);
  });
});
