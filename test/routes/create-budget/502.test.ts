import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('502 of POST /v1/budgets', () => {
  it('is for a vendor that refuses', async () => {
    api.toy.mishap = () => 'refused';
    expect((await api.ask('POST', '/v1/budgets', core)).status).toBe(502);
  });

  it('is for what is there and cannot be read before, and nothing is sent', async () => {
    api.toy.listFailure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await api.ask('POST', '/v1/budgets', core)).status).toBe(502);
    expect(api.toy.sends).toHaveLength(0);
  });
});
