import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { providers } from '../../../../providers/index.ts';
import { budgetSchema } from '../../../../src/domain/answer-schemas.ts';
import { type RunningApp, startApp } from '../../../support/app.ts';
import { pinnedClock } from '../../../support/pinned-clock.ts';

const listSchema = z.object({
  data: z.array(budgetSchema),
  meta: z.object({ complete: z.boolean(), providers: z.array(z.unknown()) }),
});
type Listed = z.output<typeof budgetSchema>;

/** Decimals as whole numbers of one scale, worked out apart from the code under test. */
const units = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  return BigInt(`${whole}${fraction.padEnd(30, '0')}`) * (text.startsWith('-') ? -1n : 1n);
};

/** `exceeded`, `warning`, `ok` or `unknown`, as the contract words it. */
const implied = ({ limit, spent, forecast, alerts }: Listed): Listed['status'] => {
  if (limit === null || spent === null || spent.currency !== limit.currency) return 'unknown';
  const most = units(limit.amount);
  if (units(spent.amount) > most) return 'exceeded';
  const thresholds = alerts.length === 0 ? ['80'] : alerts.map((alert) => alert.thresholdPercent);
  const share = units(spent.amount) * 100n * 10n ** 30n;
  if (thresholds.some((threshold) => share >= most * units(threshold))) return 'warning';
  if (forecast !== null && forecast.currency === limit.currency && units(forecast.amount) > most) return 'warning';
  return 'ok';
};

describe.each([{ elastic: 'no-budgets' }, { cloudzero: 'published', elastic: 'no-budgets' }])(
  'the budgets of the sandboxes, variants %j',
  (variants) => {
    let app: RunningApp;
    beforeAll(async () => {
      app = await startApp(providers, { clock: pinnedClock(), variants });
    });
    afterAll(() => app.close());
    const read = async (path: string) => Object((await app.get(path)).body);
    const list = async () => listSchema.parse((await app.get('/v1/budgets')).body);
    const send = async (method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) => {
      const answer = await app.server.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
      return { status: answer.statusCode, location: String(answer.headers.location), text: answer.body };
    };
    const body = {
      connection: 'elastic',
      name: 'Made by a test',
      period: 'monthly',
      limit: { amount: '25000.5', currency: 'USD' },
      alerts: [{ thresholdPercent: 80 }],
      scope: {},
    };

    it('have the status that their figures imply', async () => {
      const { data, meta } = await list();
      expect(meta.complete).toBe(true);
      expect(data.length).toBeGreaterThanOrEqual(8);
      for (const budget of data) expect(budget.status, budget.id).toBe(implied(budget));
      expect(new Set(data.map((budget) => budget.status)).size).toBeGreaterThanOrEqual(3);
    });

    it('are each found by their id, and tell their past or say why not', async () => {
      for (const { id } of (await list()).data) {
        const path = `/v1/budgets/${encodeURIComponent(id)}`;
        expect((await read(path)).data.id).toBe(id);
        expect([200, 422], id).toContain((await app.get(`${path}/history`)).status);
      }
    });

    it('include one made for a vendor without budgets, set against its costs', async () => {
      const made = await send('POST', '/v1/budgets', body);
      expect(made.status, made.text).toBe(201);
      const { data } = await read(made.location);
      const costs = await read('/v1/costs?connection=elastic&granularity=total');
      expect(data).toMatchObject({ managedBy: 'gateway', spent: costs.totals[0] });
      expect(data.status).toBe(implied(budgetSchema.parse(data)));
      const { periods } = (await read(`${made.location}/history`)).data;
      expect(periods.length).toBeGreaterThan(3);
      expect((await send('PUT', made.location, { ...body, name: 'Renamed' })).status).toBe(200);
      expect((await send('DELETE', made.location)).status).toBe(204);
      expect((await app.get(made.location)).status).toBe(404);
    });

    it.each([
      ['cloudzero', { scope: { view: 'view-e4480d1b' } }],
      ['cloudspend', {}],
    ] as const)('are made at %s, and stand in the next list as they were made', async (connection, more) => {
      const listed = (await list()).data.filter((budget) => budget.connection === connection);
      const like = listed.find((budget) => budget.scope.account !== undefined || connection === 'cloudzero');
      const scope = like?.scope ?? {};
      const currency = like?.limit?.currency ?? 'USD';
      const made = await send('POST', '/v1/budgets', {
        ...body,
        connection,
        scope,
        limit: { amount: '31000.25', currency },
        ...more,
      });
      expect(made.status, made.text).toBe(201);
      const found = (await list()).data.find(
        (budget) => `/v1/budgets/${encodeURIComponent(budget.id)}` === made.location,
      );
      expect(found).toMatchObject({ name: body.name, limit: { amount: '31000.25', currency }, managedBy: 'vendor' });
      if (found !== undefined) expect(found.status).toBe(implied(found));
      const removed = await send('DELETE', made.location);
      expect([204, 422], removed.text).toContain(removed.status);
    });
  },
);

describe('the budgets of Elastic Cloud, which only some organizations have', () => {
  const body = {
    connection: 'elastic',
    name: 'Made by a test',
    period: 'monthly',
    limit: { amount: '25000', currency: 'USD' },
    alerts: [{ thresholdPercent: 80 }],
  };
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp(providers, { clock: pinnedClock() });
  });
  afterAll(() => app.close());
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
    app.server.inject({ method, url, ...(payload === undefined ? {} : { payload }) });

  it('are created, replaced and removed at the vendor where there are some', async () => {
    const made = await send('POST', '/v1/budgets', body);
    expect(made.statusCode, made.body).toBe(201);
    const location = String(made.headers.location);
    const costs = Object((await app.get('/v1/costs?connection=elastic&granularity=total')).body);
    expect(made.json().data).toMatchObject({ managedBy: 'vendor', spent: costs.totals[0], limit: body.limit });
    const changed = await send('PUT', location, { ...body, limit: { amount: '30000', currency: 'USD' } });
    expect(changed.json().data).toMatchObject({ managedBy: 'vendor', limit: { amount: '30000', currency: 'USD' } });
    expect((await send('GET', location)).json().data).toMatchObject({ limit: { amount: '30000', currency: 'USD' } });
    expect((await send('DELETE', location)).statusCode).toBe(204);
    expect((await send('GET', location)).statusCode).toBe(404);
  });

  it('are refused with the nearest limit where it is no whole number of ECU', async () => {
    const refused = await send('POST', '/v1/budgets', { ...body, limit: { amount: '25000.5', currency: 'USD' } });
    expect(refused.statusCode).toBe(422);
    expect(refused.json().detail).toContain('the nearest limit is 25000 USD');
  });

  it('stand in the list of providers with what can be done', async () => {
    const { data } = Object((await app.get('/v1/providers?connection=elastic')).body);
    expect(data[0].capabilities.budgets).toEqual(['list', 'create', 'replace', 'delete']);
  });
});
