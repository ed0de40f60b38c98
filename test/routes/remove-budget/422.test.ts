import { describe, expect, it } from 'vitest';
import { useBudgetApp, writtenDown } from '../shared/budget-app.ts';
import { problem } from '../shared/expected.ts';

const api = useBudgetApp();

describe('422 of DELETE /v1/budgets/{id}', () => {
  it('is 422 where the vendor does not let anybody', async () => {
    await api.restart({ toyOptions: { acts: ['create'] } });
    api.toy.put({ nativeId: 'b-1' });
    const refused = {
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringContaining('create') }),
    };
    expect(await api.ask('DELETE', '/v1/budgets/toy%3Ab-1')).toMatchObject(refused);
  });

  it('is 422 for a budget of the connections file, which stands in the list like any other', async () => {
    await api.restart({ budgets: writtenDown });
    for (const connection of ['toy', 'bare']) {
      const path = `/v1/budgets/${connection}%3Awritten-down`;
      const refused = { status: 422, body: { detail: expect.stringContaining('connections file') } };
      expect(await api.ask('DELETE', path)).toMatchObject(refused);
    }
  });
});
