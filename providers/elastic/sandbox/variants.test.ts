import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { costsOf } from '../../../test/support/answers.ts';
import { startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { elastic } from '../manifest.ts';
import { startElasticSandbox, viewerKey } from './sandbox.ts';
import { readVariants } from './variants.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const v1 = '/api/v1/billing/organization/2718281828';
const v2 = '/api/v2/billing/organizations/2718281828';
const month = 'from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z';
let sandbox: RunningSandbox;
afterEach(() => sandbox.close());

const start = async (variant?: string): Promise<void> => {
  sandbox = await startElasticSandbox({ clock, ...(variant === undefined ? {} : { variant }) });
};
const ask = async (path: string, key: string | undefined = sandbox.settings.apiKey) => {
  const answer = await fetch(`${sandbox.url}${path}`, { headers: { authorization: `ApiKey ${key}` } });
  const text = await answer.text();
  const isJson = String(answer.headers.get('content-type')).includes('json');
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    json: isJson ? parseLosslessly(text) : text,
  };
};
const number = z.union([z.string(), z.number()]).transform((value) => decimal(String(value)));
const statement = z.object({ ecu_total: number, invoiced_amount_in_cents: z.int(), period_start_date: z.string() });
const historySchema = z.object({ invoices: z.array(z.unknown()), statements: z.array(statement) });
const instancesSchema = z.object({
  total_ecu: number,
  instances: z
    .array(z.looseObject({ type: z.string(), product_line_items: z.array(z.looseObject({ type: z.string() })) }))
    .nullable(),
});

describe('variants of the sandbox', () => {
  it('are named by words, and no others', async () => {
    expect([...readVariants('milliseconds no-budgets')].sort()).toEqual(['milliseconds', 'no-budgets']);
    expect(readVariants().size).toBe(0);
    expect(() => readVariants('budgets')).toThrow('the sandbox knows only');
    await start();
  });

  it('have budgets, charts and an empty history, unless they say otherwise', async () => {
    await start();
    expect((await ask(`${v1}/budgets`)).json).toHaveLength(3);
    expect((await ask(`${v1}/history`)).json).toEqual({ invoices: [], statements: [] });
    expect((await ask(`${v2}/charts?${month}`)).status).toBe(200);
  });

  it('lack what they name', async () => {
    await start('no-budgets no-history no-charts');
    for (const path of [`${v1}/budgets`, `${v1}/history`, `${v2}/charts?${month}`]) {
      expect((await ask(path)).status, path).toBe(404);
    }
  });

  it('invoice each whole month four days after it, in cents', async () => {
    await start('invoiced');
    const { invoices, statements } = historySchema.parse((await ask(`${v1}/history`)).json);
    expect(invoices).toHaveLength(statements.length);
    const last = statements.at(-1);
    expect(last?.period_start_date).toBe('2026-10-01T00:00:00Z');
    const october = instancesSchema.parse((await ask(`${v2}/costs/instances?${month}`)).json);
    expect(last === undefined ? '' : decimalText(last.ecu_total)).toBe(decimalText(october.total_ecu));
  });

  it('chart in seconds or milliseconds, in ECU or hundredths', async () => {
    const first = async (variant: string) => {
      await start(variant);
      const schema = z.object({
        data: z.array(z.object({ timestamp: z.int(), values: z.array(z.looseObject({ value: number })) })),
      });
      const { data } = schema.parse((await ask(`${v2}/charts?${month}`)).json);
      await sandbox.close();
      return { timestamp: data[0]?.timestamp, value: Number(decimalText(data[0]?.values[0]?.value ?? decimal('0'))) };
    };
    const plain = await first('');
    expect(plain.timestamp).toBe(Date.UTC(2026, 9, 1) / 1_000);
    expect((await first('milliseconds')).timestamp).toBe(Date.UTC(2026, 9, 1));
    expect((await first('charts-hundredfold')).value).toBeCloseTo(plain.value * 100, 6);
    expect((await first('charts-differ')).value).toBeLessThan(plain.value);
    await start();
  });

  it('leave out what is optional, and bring types that are new', async () => {
    await start('sparse');
    const { instances } = instancesSchema.parse((await ask(`${v2}/costs/instances?${month}`)).json);
    expect(instances?.some((instance) => !('name' in instance))).toBe(true);
    expect(instances?.map(({ type }) => type)).toContain('agents');
    const items = instances?.flatMap((instance) => instance.product_line_items) ?? [];
    expect(items.some((item) => !('kind' in item))).toBe(true);
    expect(items.map(({ type }) => type)).toContain('snapshot_requests');
  });

  it('have a total without instances', async () => {
    await start('unlisted');
    const answer = instancesSchema.parse((await ask(`${v2}/costs/instances?${month}`)).json);
    expect(answer.instances).toBeNull();
    expect(Number(decimalText(answer.total_ecu))).toBeGreaterThan(1_000);
  });

  it('refuse a role in plain text or as JSON', async () => {
    await start();
    const plain = await ask(`${v2}/costs/instances?${month}`, viewerKey);
    expect([plain.status, plain.type?.split(';')[0]]).toEqual([403, 'text/plain']);
    await sandbox.close();
    await start('json-errors');
    const json = await ask(`${v2}/costs/instances?${month}`, viewerKey);
    expect(json).toMatchObject({ status: 403, json: { errors: [{ code: 'organization.invalid_access' }] } });
  });

  it('check budgets as the vendor documents them', async () => {
    await start();
    const create = async (more: object) => {
      const body = { amount: 5, period: 'monthly', scope_type: 'organization', alerts: [], ...more };
      const answer = await fetch(`${sandbox.url}${v1}/budget`, {
        method: 'POST',
        headers: { authorization: `ApiKey ${sandbox.settings.apiKey}` },
        body: JSON.stringify(body),
      });
      await answer.text();
      return answer.status;
    };
    expect(await create({})).toBe(200);
    for (const more of [
      { amount: 5.5 },
      { amount: '5' },
      { period: 'yearly' },
      { alerts: undefined },
      { alerts: [{ operator: 'gt', threshold: 80, threshold_type: 'percentage' }] },
      { alerts: [{ operator: 'gte', threshold: 80.5, threshold_type: 'percentage' }] },
      { scope_type: 'cloud_resource' },
      { scope_type: 'cloud_resource', scope_values: ['nobody'] },
      { recipient_group: ['resource-viewers'] },
      { colour: 'red' },
    ]) {
      expect(await create(more), JSON.stringify(more)).toBe(400);
    }
  });
});

describe('the gateway before a variant', () => {
  const asked = { start: '2026-10-01', end: '2026-11-01', granularity: 'monthly' };
  const totalsWith = async (variant: string, groupBy: string) => {
    const app = await startApp([elastic], { clock, variants: { elastic: variant } });
    const { totals, meta, data } = await costsOf(app, { ...asked, groupBy });
    await app.close();
    return { totals, meta, data };
  };

  it('has the same total where optional members are absent', async () => {
    await start();
    const expected = await totalsWith('', 'service');
    const sparse = await totalsWith('sparse', 'service');
    expect(sparse.totals).toEqual(expected.totals);
    expect(sparse.meta.complete).toBe(true);
    expect(sparse.data.map(({ group }) => group.service)).toContain('agents');
  });

  it('counts a total without instances under no account, and says so', async () => {
    await start();
    const expected = await totalsWith('', 'account');
    const unlisted = await totalsWith('unlisted', 'account');
    expect(unlisted.totals).toEqual(expected.totals);
    expect(unlisted.data.map(({ group }) => group.account)).toEqual([null]);
    expect(unlisted.meta.providers[0]?.notes.map(({ code }) => code)).toContain('unlisted-cost');
  });
});
