import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consumer } from '../../../../src/domain/consumer.ts';
import { Failure } from '../../../../src/domain/failure/failure.ts';
import { bareCore, core, startToyApp, type ToyApp } from './toy-app.ts';

let running: ToyApp;
const restart = async (...options: Parameters<typeof startToyApp>) => {
  await running.app.close();
  running = await startToyApp(...options);
};
beforeEach(async () => {
  running = await startToyApp();
});
afterEach(() => running.app.close());

const ask: ToyApp['ask'] = (...request) => running.ask(...request);
const problem = (kind: string, more: object = {}) => ({ type: `/problems/${kind}`, ...more });
const who = (more: Partial<Consumer>) => async () => ({
  name: 'somebody',
  scopes: new Set(['read', 'write'] as const),
  connections: null,
  ...more,
});

describe('POST /v1/budgets', () => {
  it('is 201 with Location and the budget as the vendor holds it', async () => {
    const made = await ask('POST', '/v1/budgets', core);
    expect(made).toMatchObject({
      status: 201,
      headers: { location: '/v1/budgets/toy%3Ab-1' },
      body: {
        data: {
          id: 'toy:b-1',
          provider: 'toy',
          connection: 'toy',
          limit: { amount: '25000.5', currency: 'USD' },
          alerts: [
            { thresholdPercent: '80', recipients: ['ops@example.com'] },
            { thresholdPercent: '99.5', recipients: [] },
          ],
          managedBy: 'vendor',
        },
        meta: { complete: true, providers: [{ connection: 'toy', status: 'fresh' }] },
      },
    });
  });

  it('leads by its Location to the same budget', async () => {
    const made = await ask('POST', '/v1/budgets', core);
    const read = await ask('GET', String(made.headers.location));
    expect(read).toMatchObject({ status: 200, body: { data: { id: 'toy:b-1', name: 'Core platform' } } });
    expect(await ask('GET', '/v1/budgets')).toMatchObject({ body: { data: [{ id: 'toy:b-1' }] } });
  });

  it('is 201 for a vendor without budgets: the gateway keeps it, and sets it against the costs', async () => {
    const made = await ask('POST', '/v1/budgets', bareCore);
    const costs = await ask('GET', '/v1/costs?connection=bare&granularity=total');
    const [spent] = Object(costs.body).totals;
    expect(made).toMatchObject({
      status: 201,
      body: {
        data: { managedBy: 'gateway', spent, forecast: { currency: 'USD' }, createdAt: '2026-11-21T10:00:00Z' },
      },
    });
    expect(await ask('GET', String(made.headers.location))).toMatchObject({
      status: 200,
      body: { data: { managedBy: 'gateway', spent } },
    });
  });

  it('tells the first answer again under the same Idempotency-Key, to the letter', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    const first = await ask('POST', '/v1/budgets', core, key);
    const again = await ask('POST', '/v1/budgets', core, key);
    expect(again.status).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    expect(running.toy.sends).toHaveLength(1);
  });

  it('knows a body again whose fields stand in another order', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    await ask('POST', '/v1/budgets', core, key);
    const turned = Object.fromEntries(Object.entries(core).reverse());
    expect((await ask('POST', '/v1/budgets', turned, key)).status).toBe(201);
    expect(running.toy.sends).toHaveLength(1);
  });

  it('is 422 under a key that belongs to another body', async () => {
    const key = { 'idempotency-key': '0b7c2f' };
    await ask('POST', '/v1/budgets', core, key);
    expect(await ask('POST', '/v1/budgets', { ...core, name: 'Other' }, key)).toMatchObject({
      status: 422,
      body: problem('idempotency-mismatch'),
    });
  });

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
    const answer = await ask('POST', '/v1/budgets', body);
    expect(answer).toMatchObject({ status: 400, body: problem('invalid-request') });
    const errors: { path: string }[] = Object(answer.body).errors;
    expect(errors.map((error) => error.path)).toEqual(paths);
    expect(running.toy.sends).toHaveLength(0);
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a blank', 'a b'],
    ['in quotes', '"a"'],
    ['beyond ASCII', 'schlüssel'],
  ])('is 400 for a key %s (G10)', async (_what, key) => {
    const answer = await ask('POST', '/v1/budgets', core, { 'idempotency-key': key });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'header.idempotency-key' }] } });
    expect(running.toy.sends).toHaveLength(0);
  });

  it('takes a key of 255 characters', async () => {
    expect((await ask('POST', '/v1/budgets', core, { 'idempotency-key': 'k'.repeat(255) })).status).toBe(201);
  });

  it.each([
    ['recipients, whom nobody would mail', { alerts: core.alerts }, /recipients/],
    ['a view', { scope: { view: 'v' } }, /account, service, region/],
    ['a cost center', { scope: { costCenter: 'c' } }, /account, service, region/],
    ['a limit in a currency that the costs are not in', { limit: { amount: '5', currency: 'EUR' } }, /in USD/],
  ])('is 422 for %s, where the gateway keeps the budget', async (_what, more, sentence) => {
    expect(await ask('POST', '/v1/budgets', { ...bareCore, ...more })).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringMatching(sentence) }),
    });
  });

  it('is 422 with the sentence of a vendor that cannot hold it', async () => {
    await restart({ toyOptions: { cannotHold: () => 'It holds budgets of whole accounts only.' } });
    expect(await ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: 'It holds budgets of whole accounts only.' }),
    });
    expect(running.toy.sends).toHaveLength(0);
  });

  it.each([
    [[], 'they can be read'],
    [['replace', 'remove'], 'possible are replace, remove'],
  ] as const)('is 422 where the vendor only lets %j', async (acts, possible) => {
    await restart({ toyOptions: { acts } });
    expect(await ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringContaining(possible) }),
    });
  });

  it('is 401 without a credential and 403 without the scope, or with another connection', async () => {
    const refuse = async () => {
      throw new Failure('unauthenticated', { public: 'Send one valid credential.' });
    };
    await restart({ authenticate: refuse });
    expect((await ask('POST', '/v1/budgets', core)).status).toBe(401);
    await restart({ authenticate: who({ scopes: new Set(['read'] as const) }) });
    expect((await ask('POST', '/v1/budgets', core)).status).toBe(403);
    await restart({ authenticate: who({ connections: new Set(['bare']) }) });
    expect(await ask('POST', '/v1/budgets', core)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.connection', message: 'is not known; known are bare' }] },
    });
  });

  it('is 502 and 429 as the vendor says, and 502 when what is there cannot be read before', async () => {
    running.toy.mishap = () => 'refused';
    expect((await ask('POST', '/v1/budgets', core)).status).toBe(502);
    running.toy.mishap = () => 'throttled';
    expect(await ask('POST', '/v1/budgets', core)).toMatchObject({ status: 429, headers: { 'retry-after': '2' } });
    running.toy.listFailure = new Failure('vendor-unavailable', { public: 'Down.' });
    const sends = running.toy.sends.length;
    expect((await ask('POST', '/v1/budgets', core)).status).toBe(502);
    expect(running.toy.sends).toHaveLength(sends);
  });

  it('is 415 for another media type', async () => {
    expect((await ask('POST', '/v1/budgets', core, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('GET /v1/budgets/{id}', () => {
  it.each(['toy%3Anothing', 'nobody%3Ab-1', 'toy', '%3Ab-1'])('is 404 for %s', async (id) => {
    expect(await ask('GET', `/v1/budgets/${id}`)).toMatchObject({ status: 404, body: problem('not-found') });
    expect((await ask('GET', `/v1/budgets/${id}/history`)).status).toBe(404);
  });

  it('finds a native id that has a colon and a slash in it', async () => {
    running.toy.put({ nativeId: 'a:b/c' });
    expect(await ask('GET', '/v1/budgets/toy%3Aa%3Ab%2Fc')).toMatchObject({
      status: 200,
      body: { data: { id: 'toy:a:b/c' } },
    });
  });

  it('is 404 for a connection that the consumer may not see', async () => {
    await restart({ authenticate: who({ connections: new Set(['bare']) }) });
    running.toy.put({ nativeId: 'b-1' });
    expect((await ask('GET', '/v1/budgets/toy%3Ab-1')).status).toBe(404);
    expect((await ask('DELETE', '/v1/budgets/toy%3Ab-1')).status).toBe(404);
    expect(running.toy.budgets.size).toBe(1);
  });

  it('is 502 when the vendor cannot be read', async () => {
    running.toy.listFailure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await ask('GET', '/v1/budgets/toy%3Ab-1')).status).toBe(502);
  });

  it('is 400 for a parameter that it does not take', async () => {
    expect((await ask('GET', '/v1/budgets/toy%3Ab-1?expand=all')).status).toBe(400);
  });
});

describe.each([
  ['a vendor', core],
  ['the gateway', bareCore],
])('PUT and DELETE /v1/budgets/{id}, kept by %s', (_who, body) => {
  const make = async () => String((await ask('POST', '/v1/budgets', body)).headers.location);

  it('is 200 with all of it replaced, and the next read shows it', async () => {
    const path = await make();
    const { alerts: _alerts, ...rest } = { ...body, name: 'Renamed', period: 'quarterly' };
    const changed = await ask('PUT', path, rest);
    expect(changed).toMatchObject({
      status: 200,
      body: { data: { name: 'Renamed', period: 'quarterly', alerts: [] } },
    });
    expect((await ask('GET', path)).body).toMatchObject({ data: { name: 'Renamed', alerts: [] } });
    expect((await ask('GET', '/v1/budgets')).body).toMatchObject({ data: [{ name: 'Renamed' }] });
  });

  it('is 200 without a connection in the body, and 400 with another one', async () => {
    const path = await make();
    const { connection: _connection, ...rest } = body;
    expect((await ask('PUT', path, rest)).status).toBe(200);
    expect(await ask('PUT', path, { ...rest, connection: 'elsewhere' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.connection' }] },
    });
  });

  it('is 404 for what is not there', async () => {
    const path = `${(await make()).slice(0, -1)}zz`;
    expect((await ask('PUT', path, body)).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(404);
  });

  it('is 204 without a body, then 404, and nothing is left in the list (G14)', async () => {
    const path = await make();
    expect(await ask('DELETE', path)).toMatchObject({ status: 204, body: '' });
    expect((await ask('DELETE', path)).status).toBe(404);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', '/v1/budgets')).body).toMatchObject({ data: [] });
  });

  it('is 400 for a body that is not valid', async () => {
    expect((await ask('PUT', await make(), { ...body, limit: null })).status).toBe(400);
    expect((await ask('DELETE', await make(), { really: true })).status).toBe(400);
  });
});

describe('what cannot be changed', () => {
  it('is 422 where the vendor does not let anybody', async () => {
    await restart({ toyOptions: { acts: ['create'] } });
    running.toy.put({ nativeId: 'b-1' });
    const refused = {
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringContaining('create') }),
    };
    expect(await ask('PUT', '/v1/budgets/toy%3Ab-1', core)).toMatchObject(refused);
    expect(await ask('DELETE', '/v1/budgets/toy%3Ab-1')).toMatchObject(refused);
  });

  it('is 422 for a budget of the connections file, which stands in the list like any other', async () => {
    const budgets = ['toy', 'bare'].map((connection) => ({
      id: 'written-down',
      connection,
      name: 'Written down',
      period: 'annual' as const,
      limit: { amount: '1', currency: 'USD' },
      alerts: [],
      scope: {},
    }));
    await restart({ budgets });
    expect((await ask('GET', '/v1/budgets?period=annual')).body).toMatchObject({
      data: [
        { id: 'toy:written-down', managedBy: 'gateway', status: 'exceeded' },
        { id: 'bare:written-down', managedBy: 'gateway', status: 'exceeded' },
      ],
    });
    for (const connection of ['toy', 'bare']) {
      const path = `/v1/budgets/${connection}%3Awritten-down`;
      expect((await ask('GET', `${path}/history`)).status).toBe(200);
      const refused = { status: 422, body: { detail: expect.stringContaining('connections file') } };
      expect(await ask('PUT', path, { ...bareCore, connection })).toMatchObject(refused);
      expect(await ask('DELETE', path)).toMatchObject(refused);
    }
  });
});
