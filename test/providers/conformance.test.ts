import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { allCostsOf, costsOf, listAnswerSchema, problemOf, queryOf, summed } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { pinnedClock } from '../support/pinned-clock.ts';
import { toy } from '../support/toy-provider.ts';
import { contenders as providers, recorded } from './contenders.ts';

const ids = providers.map((provider) => provider.id);
const range = { start: '2026-10-01', end: '2026-12-01' };
const lists = ['/v1/accounts', '/v1/budgets', '/v1/anomalies', '/v1/dimensions', '/v1/providers'];

const secretsOf = (app: RunningApp): string[] =>
  providers.flatMap((provider) =>
    provider.settings
      .filter((setting) => setting.secret)
      .map((setting) => app.sandboxes[provider.id]?.settings[setting.name] ?? '')
      .filter((text) => text !== ''),
  );
const formsOf = (secret: string): string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('hex'),
];

describe('every provider of the registry', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(providers, { clock: pinnedClock(), recorded });
  });
  afterAll(() => app.close());

  it('has an id of its own', () => {
    expect(new Set(ids).size).toBe(providers.length);
  });

  it('answers a cost question wholly', async () => {
    const answer = await costsOf(app, { ...range, granularity: 'total', groupBy: 'provider' });
    expect(answer.meta.providers.map(({ provider, status, problem }) => [provider, status, problem])).toEqual(
      ids.map((id) => [id, 'fresh', undefined]),
    );
    expect(answer.meta.complete).toBe(true);
    expect(new Set(answer.data.map((row) => row.group.provider))).toEqual(new Set(ids));
  });

  it.each(ids)('%s has one total, however it is split', async (provider) => {
    const { totals } = await costsOf(app, { ...range, provider, granularity: 'total' });
    expect(totals.length).toBeGreaterThan(0);
    for (const granularity of ['daily', 'monthly', 'total']) {
      for (const groupBy of ['', 'service', 'account', 'region', 'category', 'account,service']) {
        const asked = { ...range, provider, granularity, ...(groupBy === '' ? {} : { groupBy }) };
        const answer = await allCostsOf(app, asked);
        const what = `by ${granularity} and ${groupBy || 'nothing'}`;
        expect(answer.meta.complete, what).toBe(true);
        expect(answer.totals, what).toEqual(totals);
        expect(summed(answer.data.map((row) => row.cost)), what).toEqual(totals);
      }
    }
  });

  it.each(ids)('%s answers for each of its services what it answers for all', async (provider) => {
    const all = await costsOf(app, { ...range, provider, granularity: 'total', groupBy: 'service' });
    for (const service of new Set(all.data.map((row) => row.group.service ?? null))) {
      const filtered = await costsOf(app, { ...range, provider, granularity: 'total', service: service ?? 'null()' });
      expect(filtered.meta.complete).toBe(true);
      expect(filtered.totals).toEqual(
        summed(all.data.filter((row) => row.group.service === service).map((row) => row.cost)),
      );
    }
  });

  it('adds up with the others to the total of all', async () => {
    const all = await costsOf(app, { ...range, granularity: 'total' });
    const each = await Promise.all(ids.map((provider) => costsOf(app, { ...range, provider, granularity: 'total' })));
    expect(summed(each.flatMap((answer) => answer.totals))).toEqual(all.totals);
  });

  it.each(ids)('%s makes no call for a question that was asked before', async (provider) => {
    const asked = { ...range, provider, granularity: 'monthly', groupBy: 'service' };
    const first = await costsOf(app, asked);
    const calls = app.sandboxes[provider]?.calls.length;
    expect(await costsOf(app, asked)).toEqual(first);
    expect(app.sandboxes[provider]?.calls.length).toBe(calls);
  });

  it('tells days that its vendor keeps no longer as missing, and does not ask for them', async () => {
    const limited = app.connections.flatMap(({ id, connector }) => {
      const { historyDays } = connector.capabilities.costs;
      return historyDays === undefined ? [] : [{ id, historyDays }];
    });
    expect(limited.map(({ id }) => id)).toContain('toy-paged');
    for (const { id, historyDays } of limited) {
      const start = addDays('2026-11-21', -historyDays - 40);
      const calls = app.sandboxes[id]?.calls.length;
      const answer = await costsOf(app, { start, end: addDays(start, 20), granularity: 'daily', connection: id });
      expect(answer.data, id).toEqual([]);
      expect(answer.meta.complete, id).toBe(false);
      expect(answer.meta.providers[0]?.problem?.detail).toContain(`keeps daily figures for ${historyDays} days`);
      expect(app.sandboxes[id]?.calls.length, id).toBe(calls);
    }
  });

  it.each(lists)('answers %s', async (path) => {
    const answer = await app.get(path);
    expect(answer.status).toBe(200);
    const body = listAnswerSchema.parse(answer.body);
    expect(body.meta.complete).toBe(true);
    expect(body.data.length).toBeGreaterThan(0);
  });

  it('stands in the list of providers with what it can', async () => {
    await costsOf(app, { ...range, granularity: 'total' });
    const body = listAnswerSchema.parse((await app.get('/v1/providers')).body);
    for (const { id, title } of providers) {
      expect(body.data).toContainEqual(expect.objectContaining({ provider: id, title, health: 'ok' }));
    }
  });

  it('calls nothing that its vendor refuses', async () => {
    await costsOf(app, { ...range, granularity: 'total' });
    for (const path of lists) await app.get(path);
    for (const [id, { calls }] of Object.entries(app.sandboxes)) {
      expect(calls.length, id).toBeGreaterThan(0);
      expect(
        calls.filter((call) => call.status >= 400).map((call) => `${call.status} ${call.path}`),
        id,
      ).toEqual([]);
    }
  });

  it('lets none of its secrets out', async () => {
    const paths = [
      ...lists,
      `/v1/costs?${queryOf({ ...range, groupBy: 'account' })}`,
      '/v1/costs/summary',
      '/metrics',
      '/health/ready',
      '/v1/costs?provider=unheard-of',
    ];
    const secrets = secretsOf(app);
    expect(secrets.length).toBeGreaterThanOrEqual(providers.length);
    for (const path of paths) {
      const { text, headers } = await app.get(path);
      for (const form of secrets.flatMap(formsOf)) expect(`${JSON.stringify(headers)}${text}`).not.toContain(form);
    }
  });
});

describe.each(ids)('when %s is gone', (id) => {
  it('the others answer, it is named, and a strict question gets its status', async () => {
    const app = await startApp(providers, { clock: pinnedClock(), recorded });
    const alone = { ...range, granularity: 'total', groupBy: 'provider' };
    await app.sandboxes[id]?.close();
    const answer = await costsOf(app, alone);
    expect(answer.meta.complete).toBe(false);
    for (const { provider, status, problem } of answer.meta.providers) {
      expect([provider, status]).toEqual([provider, provider === id ? 'failed' : 'fresh']);
      if (provider === id) expect([502, 503]).toContain(problem?.status);
      else expect(problem).toBe(undefined);
    }
    expect(new Set(answer.data.map((row) => row.group.provider))).toEqual(new Set(ids.filter((other) => other !== id)));
    const strict = await app.get(`/v1/costs?${queryOf({ ...alone, strict: 'true' })}`);
    expect([502, 503]).toContain(strict.status);
    const { problem } = await problemOf(app, `/v1/costs?${queryOf({ ...alone, provider: id })}`);
    expect([502, 503]).toContain(problem.status);
    for (const form of secretsOf(app).flatMap(formsOf)) expect(`${strict.text}${problem.detail}`).not.toContain(form);
    await app.close();
  });
});

describe.each(ids)('an answer of %s that is none', (id) => {
  const faults: readonly (readonly [string, SandboxFault])[] = [
    ['a page of HTML', { kind: 'garbage' }],
    ['nothing', { kind: 'empty' }],
    ['the half of one', { kind: 'cut' }],
    ['a status of 500', { kind: 'status', status: 500, body: '<html>vendor-internal-text</html>' }],
    ['another JSON', { kind: 'body', body: '{"unexpected":true}' }],
    ['null', { kind: 'body', body: 'null' }],
    ['an array', { kind: 'body', body: '[]' }],
    ['JSON that is cut', { kind: 'body', body: '{"costs":[{"cost":1' }],
  ];
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp([...providers.filter((each) => each.id === id), ...(id === 'toy' ? [] : [toy])], {
      clock: pinnedClock(),
      recorded,
    });
    // Whatever has to be found out or signed in for first is: the faults hit the figures.
    await costsOf(app, { start: '2026-10-01', end: '2026-10-04', provider: id });
  });
  afterAll(() => app.close());

  it.each(faults)('is a named problem and never a zero: %s', async (_what, fault) => {
    const sandbox = app.sandboxes[id];
    sandbox?.faults.set([fault]);
    // Another month for each fault: nothing of it is known yet.
    const month = faults.findIndex(([, other]) => other === fault) + 1;
    const asked = { start: `2026-0${month}-01`, end: `2026-0${month}-04`, groupBy: 'provider' };
    const path = `/v1/costs?${queryOf({ ...asked, provider: id })}`;
    const { problem } = await problemOf(app, path);
    expect([502, 503]).toContain(problem.status);
    expect(problem.detail).not.toContain('vendor-internal-text');
    if (id !== 'toy') {
      const both = await costsOf(app, asked);
      expect(both.meta.complete).toBe(false);
      expect(both.meta.providers.find((each) => each.provider === id)).toMatchObject({ status: 'failed' });
      expect(both.data.some((row) => row.group.provider === id)).toBe(false);
      expect(both.meta.providers.find((each) => each.provider === 'toy')).toMatchObject({ status: 'fresh' });
    }
    sandbox?.faults.clear();
    for (const connection of app.connections) await connection.upstream.reset();
  });
});

describe('the check of a connection', () => {
  const ask = { purpose: 'dashboard' } as const;
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(providers, { clock: pinnedClock(), recorded });
  });
  afterAll(() => app.close());
  afterEach(async () => {
    for (const { id, upstream } of app.connections) {
      app.sandboxes[id]?.faults.clear();
      await upstream.reset();
    }
  });

  const checked = () => app.connections.filter(({ connector }) => connector.check !== undefined);
  /** What is spent of the quotas that costs are charged to. */
  const spent = async () =>
    Promise.all(
      checked().map(async ({ connector, upstream }) => {
        const ofCosts = new Set(connector.capabilities.costs.cubes.map(({ quota }) => quota));
        return (await upstream.state()).quotas.filter(({ name }) => ofCosts.has(name)).map((quota) => quota.spent);
      }),
    );

  it('passes where the vendor accepts the connection, and uses no quota that costs need', async () => {
    const before = await spent();
    for (const { id, connector, session } of checked()) {
      await connector.check?.(session(ask));
      expect(app.sandboxes[id]?.calls.length, id).toBeGreaterThan(0);
    }
    expect(await spent()).toEqual(before);
    expect(checked().length).toBeGreaterThanOrEqual(2);
  });

  it('fails with the reason where the vendor no longer does', async () => {
    for (const { id, connector, session } of checked()) {
      // Gets a token where there are tokens: a token endpoint that refuses is another reason.
      await connector.check?.(session(ask));
      app.sandboxes[id]?.faults.set([{ kind: 'status', status: 403 }]);
      await expect(connector.check?.(session(ask)), id).rejects.toMatchObject({ kind: 'permission-missing' });
    }
  });
});
