import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';

const api = useBudgetApp();

describe('200 of GET /v1/budgets/{id}', () => {
  it('finds a native id that has a colon and a slash in it', async () => {
    api.toy.put({ nativeId: 'a:b/c' });
    expect(await api.ask('GET', '/v1/budgets/toy%3Aa%3Ab%2Fc')).toMatchObject({
      status: 200,
      body: { data: { id: 'toy:a:b/c' } },
    });
  });
});
