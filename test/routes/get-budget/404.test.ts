import { describe, expect, it } from 'vitest';
import { useBudgetApp } from '../shared/budget-app.ts';
import { everybodyIs, problem } from '../shared/expected.ts';

const api = useBudgetApp();

describe('404 of GET /v1/budgets/{id}', () => {
  it.each(['toy%3Anothing', 'nobody%3Ab-1', 'toy', '%3Ab-1'])('is 404 for %s', async (id) => {
    expect(await api.ask('GET', `/v1/budgets/${id}`)).toMatchObject({ status: 404, body: problem('not-found') });
  });

  it('is 404 for a connection that the consumer may not see', async () => {
    await api.restart({ authenticate: everybodyIs({ connections: new Set(['bare']) }) });
    api.toy.put({ nativeId: 'b-1' });
    expect((await api.ask('GET', '/v1/budgets/toy%3Ab-1')).status).toBe(404);
  });
});
