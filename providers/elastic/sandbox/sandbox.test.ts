import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { add, type Decimal, decimal, decimalText, multiply, sum, zero } from '../../../src/domain/decimal.ts';
import { parseLosslessly } from '../../../src/vendor/kit/lossless-json.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { startElasticSandbox, viewerKey } from './sandbox.ts';

const number = z.union([z.string(), z.number()]).transform((value) => decimal(String(value)));
const lineItem = z.object({
  kind: z.string().nullish(),
  type: z.string(),
  sku: z.string(),
  total_ecu: number,
  quantity: z.object({ value: number }),
  rate: z.object({ value: number }),
  quantities: z.array(z.object({ total_ecu: number, quantity: z.object({ value: number }) })),
});
const instancesAnswer = z.object({
  total_ecu: number,
  instances: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        total_ecu: number,
        product_line_items: z.array(lineItem),
      }),
    )
    .nullable(),
});
const itemsAnswer = z.object({
  total_ecu: number,
  products: z.array(z.object({ type: z.string(), total_ecu: number, product_line_items: z.array(lineItem) })),
});
const chartAnswer = z.object({
  data: z.array(
    z.object({ timestamp: z.int(), values: z.array(z.object({ id: z.string(), type: z.string(), value: number })) }),
  ),
});

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const organization = '/api/v2/billing/organizations/2718281828';
const month = 'from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z';
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startElasticSandbox({ clock });
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const ask = async (path: string, key: string | undefined = sandbox.settings.apiKey) => {
  const answer = await fetch(`${sandbox.url}${path}`, {
    headers: key === undefined || key === '' ? {} : { authorization: `ApiKey ${key}` },
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};
const read = async <Schema extends z.ZodType>(schema: Schema, path: string): Promise<z.output<Schema>> =>
  schema.parse(parseLosslessly((await ask(path)).text));
const instancesOf = (query: string) => read(instancesAnswer, `${organization}/costs/instances?${query}`);
const text = (values: readonly Decimal[]): string => decimalText(sum(values));
const totals = (rows: readonly (readonly [string, Decimal])[]): Record<string, string> => {
  const map = new Map<string, Decimal>();
  for (const [name, value] of rows) map.set(name, add(map.get(name) ?? zero, value));
  return Object.fromEntries([...map].sort().map(([name, value]) => [name, decimalText(value)]));
};

describe('the sandbox of Elastic Cloud', () => {
  it('agrees with itself to the last digit: instances, items, charts', async () => {
    const { total_ecu: total, instances } = await instancesOf(month);
    const whole = decimalText(total);
    const listed = instances ?? [];
    expect(whole.length).toBeGreaterThan(17);
    expect(text(listed.map((instance) => instance.total_ecu))).toBe(whole);
    const byInstance = totals(listed.map((instance) => [instance.id, instance.total_ecu]));
    for (const instance of listed) {
      const own = decimalText(instance.total_ecu);
      expect(text(instance.product_line_items.map((item) => item.total_ecu))).toBe(own);
      const items = await read(itemsAnswer, `${organization}/costs/instances/${instance.id}/items?${month}`);
      expect(decimalText(items.total_ecu)).toBe(own);
      expect(text(items.products.flatMap((product) => product.product_line_items.map((item) => item.total_ecu)))).toBe(
        own,
      );
      const chart = await read(chartAnswer, `${organization}/instances/${instance.id}/charts?${month}`);
      expect(chart.data.length).toBe(31);
      expect(text(chart.data.flatMap((bucket) => bucket.values.map((value) => value.value)))).toBe(own);
    }
    for (const bucketing of ['daily', 'monthly']) {
      const chart = await read(chartAnswer, `${organization}/charts?${month}&bucketing_strategy=${bucketing}`);
      expect(chart.data.length).toBe(bucketing === 'daily' ? 31 : 1);
      expect(
        totals(chart.data.flatMap((bucket) => bucket.values.map((value) => [value.id, value.value] as const))),
      ).toEqual(byInstance);
    }
    const bySku = totals(
      listed.flatMap((each) => each.product_line_items.map((item) => [item.sku, item.total_ecu] as const)),
    );
    for (const grouping of ['product', 'product_family']) {
      const items = await read(itemsAnswer, `${organization}/costs/items?${month}&serverless_group_by=${grouping}`);
      expect(decimalText(items.total_ecu)).toBe(whole);
      expect(text(items.products.map((product) => product.total_ecu))).toBe(whole);
      const rows = items.products.flatMap((product) => product.product_line_items);
      expect(totals(rows.map((item) => [item.sku, item.total_ecu]))).toEqual(bySku);
      expect(items.products.some((product) => product.type === 'serverless')).toBe(grouping === 'product_family');
    }
  });

  it('adds up day by day to its months and its years', async () => {
    const monthsOf2026 = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((number) => {
        const part = (each: number) => `2026-${String(each).padStart(2, '0')}-01T00:00:00Z`;
        return instancesOf(`from=${part(number)}&to=${part(number + 1)}`);
      }),
    );
    const year = await instancesOf('from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z');
    expect(text(monthsOf2026.map((answer) => answer.total_ecu))).toBe(decimalText(year.total_ecu));
  });

  it('charges quantity times rate, in parts where the rate changed', async () => {
    const steady = (await instancesOf(month)).instances ?? [];
    for (const item of steady.flatMap((instance) => instance.product_line_items)) {
      expect(item.quantities).toEqual([]);
      expect(decimalText(multiply(item.quantity.value, item.rate.value))).toBe(decimalText(item.total_ecu));
    }
    const raised = (await instancesOf('from=2025-09-01T00:00:00Z&to=2025-11-01T00:00:00Z')).instances ?? [];
    const parted = raised
      .flatMap((instance) => instance.product_line_items)
      .filter((item) => item.quantities.length > 0);
    expect(parted.length).toBeGreaterThan(0);
    for (const item of parted) {
      expect(text(item.quantities.map((part) => part.total_ecu))).toBe(decimalText(item.total_ecu));
      expect(text(item.quantities.map((part) => part.quantity.value))).toBe(decimalText(item.quantity.value));
    }
  });

  it('sends kinds, null kinds and no kinds, and figures of many digits', async () => {
    const day = await ask(`${organization}/costs/instances?from=2026-11-10T00:00:00Z&to=2026-11-11T00:00:00Z`);
    expect(/"total_ecu":\d+\.\d{15,}/.test(day.text)).toBe(true);
    const answer = instancesAnswer.parse(parseLosslessly(day.text));
    const kinds = (answer.instances ?? []).flatMap((instance) => instance.product_line_items.map((item) => item.kind));
    for (const kind of ['elasticsearch', 'kibana', 'integrations-server', 'apm', null, undefined]) {
      expect(kinds).toContain(kind);
    }
  });

  it('takes an exclusive end, offsets, and a plus sign that was not encoded', async () => {
    const day = await instancesOf('from=2026-11-10T00:00:00Z&to=2026-11-11T00:00:00Z');
    const same = await instancesOf('from=2026-11-10T00:00:00+00:00&to=2026-11-11T02:00:00%2B02:00');
    expect(decimalText(same.total_ecu)).toBe(decimalText(day.total_ecu));
  });

  it('has no instances before the world and after today', async () => {
    expect((await instancesOf('from=2026-11-22T00:00:00Z&to=2026-12-01T00:00:00Z')).instances).toBeNull();
    expect((await instancesOf('from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z')).instances).toBeNull();
  });

  it('tells names of projects on request', async () => {
    const name = async (query: string) =>
      (await instancesOf(`${month}${query}`)).instances?.find((instance) => instance.id === 'e90a6d4c17b24f8e')?.name;
    expect(await name('')).toBe('e90a6d4c17b24f8e');
    expect(await name('&include_names=true')).toBe('platform-observability');
  });

  it('is the same world in every process, whatever today is', async () => {
    const later = await startElasticSandbox({ clock: new VirtualClock('2026-12-24T23:00:00Z') });
    const other = await startElasticSandbox({ clock, seed: 'another' });
    const total = async (url: string) => {
      const answer = await fetch(`${url}${organization}/costs/instances?${month}`, {
        headers: { authorization: `ApiKey ${sandbox.settings.apiKey}` },
      });
      return decimalText(instancesAnswer.parse(parseLosslessly(await answer.text())).total_ecu);
    };
    expect(await total(later.url)).toBe(await total(sandbox.url));
    expect(await total(other.url)).not.toBe(await total(sandbox.url));
    await Promise.all([later.close(), other.close()]);
  });

  it('keeps prepaid credit whose balance falls by what was used', async () => {
    const credits = z
      .array(z.object({ ecu_quantity: number, ecu_balance: number, start: z.string(), active: z.boolean() }))
      .parse(parseLosslessly((await ask('/api/v1/billing/organization/2718281828/line_items')).text));
    const current = credits.filter((credit) => credit.active);
    expect(current.map((credit) => credit.start)).toEqual(['2026-01-01T00:00:00Z']);
    const used = (await instancesOf('from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z')).total_ecu;
    for (const credit of current) expect(text([credit.ecu_balance, used])).toBe(decimalText(credit.ecu_quantity));
  });

  it('answers 401, 403, 404, 400 and 429 in the forms of the vendor', async () => {
    const costs = `${organization}/costs/instances`;
    expect((await ask(`${costs}?${month}`, '')).status).toBe(401);
    expect((await ask(`${costs}?${month}`, 'wrong')).status).toBe(401);
    const forbidden = await ask(`${costs}?${month}`, viewerKey);
    expect(forbidden.status).toBe(403);
    expect(forbidden.type).toContain('text/plain');
    expect(forbidden.text).toBe("403: User does not have 'billing-costs:get:2718281828' permissions");
    expect((await ask(`/api/v2/billing/organizations/1/costs/items?${month}`)).status).toBe(404);
    expect((await ask(`${costs}/nobody/items?${month}`)).status).toBe(404);
    expect((await ask('/api/v1/billing/organization/2718281828/invoices')).status).toBe(404);
    const bad = ['', 'from=2026-10-01T00:00:00Z', 'from=x&to=y', 'from=2026-02-30&to=2026-03-01'];
    for (const query of [...bad, 'from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z']) {
      expect((await ask(`${costs}?${query}`)).status).toBe(400);
    }
    expect((await ask(`${organization}/charts?${month}&bucketing_strategy=hourly`)).status).toBe(400);
    expect((await ask(`${organization}/costs/items?${month}&serverless_group_by=sku`)).status).toBe(400);
    sandbox.faults.set([{ kind: 'throttle' }]);
    const throttled = await ask(`${costs}?${month}`);
    expect(throttled.status).toBe(429);
    expect(throttled.text).toContain('billing_service.rate_limited');
  });
});
