import { describe, expect, it } from 'vitest';
import { bareCore, core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';
import { problem } from '../shared/expected.ts';

const api = useBudgetApp();

describe('422 of POST /v1/budgets', () => {
  it('is 422 under a key that belongs to another body', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    await api.ask('POST', '/v1/budgets', core, key);
    expect(await api.ask('POST', '/v1/budgets', { ...core, name: 'Other' }, key)).toMatchObject({
      status: 422,
      body: problem('idempotency-mismatch'),
    });
  });

  it.each([
    ['recipients, whom nobody would mail', { alerts: core.alerts }, /recipients/],
    ['a view', { scope: { view: 'v' } }, /account, service, region/],
    ['a cost center', { scope: { costCenter: 'c' } }, /account, service, region/],
    ['a limit in a currency that the costs are not in', { limit: { amount: '5', currency: 'EUR' } }, /in USD/],
  ])('is 422 for %s, where the gateway keeps the budget', async (_what, more, sentence) => {
    expect(await api.ask('POST', '/v1/budgets', { ...bareCore, ...more })).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringMatching(sentence) }),
    });
  });

  it('is 422 with the sentence of a vendor that cannot hold it', async () => {
    await api.restart({ toyOptions: { cannotHold: () => 'It holds budgets of whole accounts only.' } });
    expect(await api.ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: 'It holds budgets of whole accounts only.' }),
    });
    expect(api.toy.sends).toHaveLength(0);
  });

  it.each([
    [[], 'they can be read'],
    [['replace', 'remove'], 'possible are replace, remove'],
  ] as const)('is 422 where the vendor only lets %j', async (acts, possible) => {
    await api.restart({ toyOptions: { acts } });
    expect(await api.ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringContaining(possible) }),
    });
  });
});
