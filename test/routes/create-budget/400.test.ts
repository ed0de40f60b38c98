import { describe, expect, it } from 'vitest';
import { core } from '../../services/managed/budget/toy-app.ts';
import { useBudgetApp } from '../shared/budget-app.ts';
import { everybodyIs, problem } from '../shared/expected.ts';

const api = useBudgetApp();

describe('400 of POST /v1/budgets', () => {
  it.each([
    ['nothing', undefined, ['body']],
    ['no object', [], ['body']],
    ['no field', {}, ['body.connection', 'body.name', 'body.period', 'body.limit']],
    ['an unknown field', { ...core, colour: 'red' }, ['body.colour']],
    ['an unknown field deep inside', { ...core, scope: { tag: 'x' } }, ['body.scope.tag']],
    ['an unknown connection', { ...core, connection: 'nobody' }, ['body.connection']],
    ['money as a number', { ...core, limit: { amount: 25000.5, currency: 'USD' } }, ['body.limit.amount']],
    ['an exponent', { ...core, limit: { amount: '1e3', currency: 'USD' } }, ['body.limit.amount']],
    ['nothing to spend', { ...core, limit: { amount: '0.00', currency: 'USD' } }, ['body.limit.amount']],
    ['less than nothing', { ...core, limit: { amount: '-5', currency: 'USD' } }, ['body.limit.amount']],
    ['a currency in small letters', { ...core, limit: { amount: '5', currency: 'usd' } }, ['body.limit.currency']],
    ['a currency that nobody knows', { ...core, limit: { amount: '5', currency: 'QQQ' } }, ['body.limit.currency']],
    ['a period of its own', { ...core, period: 'weekly' }, ['body.period']],
    ['a threshold of 0', { ...core, alerts: [{ thresholdPercent: 0 }] }, ['body.alerts.0.thresholdPercent']],
    [
      'a threshold above 1000',
      { ...core, alerts: [{ thresholdPercent: '1000.1' }] },
      ['body.alerts.0.thresholdPercent'],
    ],
    ['a threshold in words', { ...core, alerts: [{ thresholdPercent: 'most' }] }, ['body.alerts.0.thresholdPercent']],
    ['no threshold', { ...core, alerts: [{}] }, ['body.alerts.0.thresholdPercent']],
    [
      'a recipient without an address',
      { ...core, alerts: [{ thresholdPercent: 5, recipients: ['ops'] }] },
      ['body.alerts.0.recipients.0'],
    ],
    ['a control character', { ...core, name: 'a\u0000b' }, ['body.name']],
  ])('is 400 for %s, naming it', async (_what, body, paths) => {
    const answer = await api.ask('POST', '/v1/budgets', body);
    expect(answer).toMatchObject({ status: 400, body: problem('invalid-request') });
    const errors: { path: string }[] = Object(answer.body).errors;
    expect(errors.map((error) => error.path)).toEqual(paths);
    expect(api.toy.sends).toHaveLength(0);
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank', 'a b'],
    ['in quotes', '"a"'],
    ['beyond ASCII', 'schlüssel'],
  ])('is 400 for a key %s (G10)', async (_what, key) => {
    const answer = await api.ask('POST', '/v1/budgets', core, { 'idempotency-key': key });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'header.idempotency-key' }] } });
    expect(api.toy.sends).toHaveLength(0);
  });

  it('is for a connection that the caller may not see', async () => {
    await api.restart({ authenticate: everybodyIs({ connections: new Set(['bare']) }) });
    expect(await api.ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.connection', message: 'is not known; known are bare' }] },
    });
  });
});
