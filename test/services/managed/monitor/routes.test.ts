import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MonitorDefinition } from '../../../../src/config/file-schemas.ts';
import type { Consumer } from '../../../../src/domain/consumer.ts';
import { Failure } from '../../../../src/domain/failure/failure.ts';
import { type SeriesApp, type SeriesAppOptions, startSeriesApp } from '../../anomaly/toy-series.ts';
import { ToyMonitors } from './toy-monitors.ts';

const watch = {
  connection: 'toy',
  name: 'Storage watch',
  description: 'It has grown before.',
  filters: { service: ['spiky', 'calm'] },
  groupBy: ['account'],
  sensitivity: 'high',
  minImpact: { amount: '10.50', currency: 'USD' },
};
const defined: MonitorDefinition = {
  id: 'from-file',
  connection: 'toy',
  name: 'From the file',
  description: null,
  filters: {},
  groupBy: ['region'],
  sensitivity: 'low',
  minImpact: null,
};

let vendor: ToyMonitors;
let running: SeriesApp;
const startWith = async (options: SeriesAppOptions) => {
  await running?.app.close();
  running = await startSeriesApp(options);
};
const startVendor = () => startWith({ capabilities: { monitors: vendor.source() } });
beforeEach(() => {
  vendor = new ToyMonitors();
});
afterEach(() => running.app.close());
const ask: SeriesApp['ask'] = (...request) => running.ask(...request);
const problem = (kind: string, more: object = {}) => ({ type: `/problems/${kind}`, ...more });
const who = (more: Partial<Consumer>) => async () => ({
  name: 'somebody',
  scopes: new Set(['read', 'write'] as const),
  connections: null,
  ...more,
});

describe.each([
  ['vendor', startVendor],
  ['gateway', () => startWith({})],
] as const)('monitors that the %s keeps', (managedBy, start) => {
  beforeEach(start);
  const make = async () => String((await ask('POST', '/v1/anomaly-monitors', watch)).headers.location);

  it('are made with 201 and Location, and stand in the list and under that path', async () => {
    const made = await ask('POST', '/v1/anomaly-monitors', watch);
    const data = {
      provider: 'toy',
      connection: 'toy',
      name: 'Storage watch',
      description: 'It has grown before.',
      filters: { service: ['spiky', 'calm'] },
      groupBy: ['account'],
      sensitivity: 'high',
      minImpact: { amount: '10.5', currency: 'USD' },
      managedBy,
    };
    expect(made).toMatchObject({ status: 201, body: { data, meta: { complete: true } } });
    const path = String(made.headers.location);
    expect(path).toMatch(/^\/v1\/anomaly-monitors\/toy%3A/);
    expect(await ask('GET', path)).toMatchObject({ status: 200, body: { data } });
    expect(await ask('GET', '/v1/anomaly-monitors')).toMatchObject({ status: 200, body: { data: [data] } });
  });

  it('have defaults for all that may be left out', async () => {
    const made = await ask('POST', '/v1/anomaly-monitors', { connection: 'toy', name: 'All' });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { description: null, filters: {}, groupBy: [], sensitivity: 'medium', minImpact: null } },
    });
  });

  it('are replaced as a whole, and the next read shows it', async () => {
    const path = await make();
    const changed = await ask('PUT', path, { name: 'Renamed', groupBy: ['region'] });
    expect(changed).toMatchObject({ status: 200, body: { data: { name: 'Renamed', filters: {}, minImpact: null } } });
    expect(await ask('GET', path)).toMatchObject({ body: { data: { name: 'Renamed', groupBy: ['region'] } } });
  });

  it('are removed with 204, and are a 404 from then on', async () => {
    const path = await make();
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('DELETE', path)).status).toBe(404);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('PUT', path, { name: 'x' })).status).toBe(404);
  });

  it('are made once a key, and the first answer is told again', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await ask('POST', '/v1/anomaly-monitors', watch, key);
    const again = await ask('POST', '/v1/anomaly-monitors', watch, key);
    expect([again.status, JSON.stringify(again.body)]).toEqual([201, JSON.stringify(first.body)]);
    expect(Object((await ask('GET', '/v1/anomaly-monitors')).body).data).toHaveLength(1);
    expect(await ask('POST', '/v1/anomaly-monitors', { ...watch, name: 'Other' }, key)).toMatchObject({
      status: 422,
      body: problem('idempotency-mismatch'),
    });
  });

  it('cannot move to another connection', async () => {
    expect(await ask('PUT', await make(), { ...watch, connection: 'else' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.connection' }] },
    });
  });
});

describe('POST /v1/anomaly-monitors', () => {
  beforeEach(startVendor);

  it.each([
    ['nothing', undefined, ['body']],
    ['no field', {}, ['body.connection', 'body.name']],
    ['an unknown field', { ...watch, colour: 'red' }, ['body.colour']],
    ['an unknown connection', { ...watch, connection: 'nobody' }, ['body.connection']],
    ['a filter by what is no dimension', { ...watch, filters: { planet: ['mars'] } }, ['body.filters.planet']],
    ['a filter without values', { ...watch, filters: { service: [] } }, ['body.filters.service']],
    ['a filter of one text', { ...watch, filters: { service: 'x' } }, ['body.filters.service']],
    ['groups of what is no dimension', { ...watch, groupBy: ['planet'] }, ['body.groupBy.0']],
    ['groups of what only vendors watch', { ...watch, groupBy: ['costCenter'] }, ['body.groupBy.0']],
    ['six groups', { ...watch, groupBy: ['tag:a', 'tag:b', 'tag:c', 'tag:d', 'tag:e', 'tag:f'] }, ['body.groupBy']],
    ['a sensitivity of its own', { ...watch, sensitivity: 'extreme' }, ['body.sensitivity']],
    ['an impact as a number', { ...watch, minImpact: { amount: 10, currency: 'USD' } }, ['body.minImpact.amount']],
    ['no impact', { ...watch, minImpact: { amount: '0', currency: 'USD' } }, ['body.minImpact.amount']],
    ['less than none', { ...watch, minImpact: { amount: '-1', currency: 'USD' } }, ['body.minImpact.amount']],
    ['an exponent', { ...watch, minImpact: { amount: '1e3', currency: 'USD' } }, ['body.minImpact.amount']],
    ['no currency', { ...watch, minImpact: { amount: '10' } }, ['body.minImpact.currency']],
    ['an unknown field inside', { ...watch, minImpact: { amount: '1', currency: 'USD', x: 1 } }, ['body.minImpact.x']],
  ])('is 400 for %s, naming it', async (_what, body, paths) => {
    const answer = await ask('POST', '/v1/anomaly-monitors', body);
    expect(answer).toMatchObject({ status: 400, body: problem('invalid-request') });
    const errors: { path: string }[] = Object(answer.body).errors;
    expect(errors.map((error) => error.path)).toEqual(paths);
    expect(vendor.sends).toEqual([]);
  });

  it.each([
    [[], 'they can be read'],
    [['create'], 'possible are create'],
  ] as const)('says what is possible where the vendor only lets %j', async (acts, possible) => {
    await startWith({ capabilities: { monitors: vendor.source(acts) } });
    const { connection: _connection, ...theirs } = { ...watch, sensitivity: 'high' as const, minImpact: null };
    vendor.monitors.set('m-1', { ...theirs, nativeId: 'm-1', createdAt: null, updatedAt: null });
    const answers = [
      await ask('PUT', '/v1/anomaly-monitors/toy%3Am-1', { name: 'x' }),
      await ask('DELETE', '/v1/anomaly-monitors/toy%3Am-1'),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 422,
        body: problem('capability-unsupported', { detail: expect.stringContaining(possible) }),
      });
    }
  });

  it('is 422 with the sentence of a vendor that cannot hold it', async () => {
    vendor.cannotHold = () => 'It watches whole accounts only.';
    expect(await ask('POST', '/v1/anomaly-monitors', watch)).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: 'It watches whole accounts only.' }),
    });
    expect(vendor.sends).toEqual([]);
  });

  it('is done once where the connection breaks off: the gateway looks for what it sent', async () => {
    vendor.breaksOff = true;
    const made = await ask('POST', '/v1/anomaly-monitors', watch);
    expect(made).toMatchObject({ status: 201, body: { data: { id: 'toy:m-1' } } });
    expect(vendor.sends).toEqual(['create']);
  });

  it('is 401 without a credential and 403 without the scope, or 400 with another connection', async () => {
    const refuse = async () => {
      throw new Failure('unauthenticated', { public: 'Send one valid credential.' });
    };
    await startWith({ authenticate: refuse });
    expect((await ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(401);
    await startWith({ authenticate: who({ scopes: new Set(['read'] as const) }) });
    expect((await ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(403);
    expect((await ask('GET', '/v1/anomaly-monitors')).status).toBe(200);
    await startWith({ authenticate: who({ connections: new Set(['else']) }) });
    expect((await ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(400);
  });

  it('is 502 and 429 as the vendor says, and 415 for another media type', async () => {
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    expect((await ask('POST', '/v1/anomaly-monitors', watch)).status).toBe(502);
    expect((await ask('GET', '/v1/anomaly-monitors')).status).toBe(502);
    vendor.failure = new Failure('vendor-throttled', { public: 'Slowly.', retryAfterMs: 2_000 });
    expect(await ask('POST', '/v1/anomaly-monitors', watch)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
    });
    const text = { 'content-type': 'text/plain' };
    expect((await ask('POST', '/v1/anomaly-monitors', watch, text)).status).toBe(415);
  });

  it.each([
    ['what its costs do not tell apart', { filters: { costCenter: ['c'] } }, /account, service, region/],
    ['more than they tell apart together', { groupBy: ['tag:a', 'tag:b'] }, /as far as these go together/],
    ['an impact in another currency', { minImpact: { amount: '1', currency: 'EUR' } }, /in USD/],
  ])('is 422 for %s, where the gateway watches', async (_what, more, sentence) => {
    await startWith({});
    expect(await ask('POST', '/v1/anomaly-monitors', { ...watch, ...more })).toMatchObject({
      status: 422,
      body: problem('capability-unsupported', { detail: expect.stringMatching(sentence) }),
    });
  });
});

describe('GET /v1/anomaly-monitors/{id}', () => {
  beforeEach(startVendor);
  it.each(['toy%3Anothing', 'nobody%3Am-1', 'toy', '%3Am-1'])('is 404 for %s', async (id) => {
    expect(await ask('GET', `/v1/anomaly-monitors/${id}`)).toMatchObject({ status: 404, body: problem('not-found') });
  });
  it('is 400 for a parameter that it does not take', async () => {
    expect((await ask('GET', '/v1/anomaly-monitors/toy%3Am-1?expand=all')).status).toBe(400);
  });
});

describe('monitors of the connections file', () => {
  it('stand beside those of the vendor, and can only be changed there', async () => {
    await startWith({ capabilities: { monitors: vendor.source() }, monitors: [defined] });
    await ask('POST', '/v1/anomaly-monitors', watch);
    expect((await ask('GET', '/v1/anomaly-monitors')).body).toMatchObject({
      data: [
        { id: 'toy:m-1', managedBy: 'vendor' },
        { id: 'toy:from-file', managedBy: 'gateway', name: 'From the file', groupBy: ['region'] },
      ],
    });
    const path = '/v1/anomaly-monitors/toy%3Afrom-file';
    expect((await ask('GET', path)).status).toBe(200);
    for (const answer of [await ask('PUT', path, { name: 'x' }), await ask('DELETE', path)]) {
      expect(answer).toMatchObject({ status: 422, body: { detail: expect.stringContaining('connections file') } });
    }
  });
});
