import { describe, expect, it } from 'vitest';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('429 of POST /v1/budgets', () => {
  it('is for a vendor that is asked too often, with its pause', async () => {
    api.toy.mishap = () => 'throttled';
    expect(await api.ask('POST', '/v1/budgets', core)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
  });
});
