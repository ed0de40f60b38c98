import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('502 of GET /v1/budgets/{id}', () => {
  it('is 502 when the vendor cannot be read', async () => {
    api.toy.listFailure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await api.ask('GET', '/v1/budgets/toy%3Ab-1')).status).toBe(502);
  });
});
