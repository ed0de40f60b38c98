import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxFault } from '../../src/vendor/contract/sandbox.ts';
import { type Asker, askerOf, monthOf, oneCaller } from '../support/whole-app/asking.ts';
import { type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { type RawVendor, startRawVendor } from '../support/whole-app/raw-vendor.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';
import { body, cloudspendAnswers, contradictions, costPaths, success, type VendorName } from './contradictions.ts';

/** The gateway as `npm start` runs it (SQLite, shedder, keys), before vendors whose answers contradict themselves. */

let vendors: VendorsProcess;
let trap: RawVendor;
let gateway: GatewayProcess;
let ask: Asker;
beforeAll(async () => {
  vendors = await startVendors({ elastic: 'milliseconds' });
  trap = await startRawVendor((_request, response) => response.end('{}'));
  const [own] = vendors.connections.filter(({ provider }) => provider === 'cloudzero');
  const more = [
    { ...own, id: 'published', dialect: 'published', apiKey: 'one-that-nothing-is-held-of' },
    { ...own, id: 'euro', dialect: 'live', currency: 'eur' },
  ];
  gateway = await startGateway({ file: { connections: [...vendors.connections, ...more] }, environment: oneCaller });
  ask = askerOf(gateway);
  // Before its first month is read, CloudSpend is asked where its ranges end.
  await ask(monthOf('cloudspend', '2026-09'));
});
afterAll(async () => {
  await gateway.close();
  await vendors.close();
  await trap.close();
});

const costCallsOf = async (vendor: VendorName): Promise<number> =>
  (await vendors.calls(vendor)).filter(({ path }) => path.startsWith(costPaths[vendor])).length;

/** The answer to a question while the vendor answers so, and how many cost calls it took. */
const askWhile = async (vendor: VendorName, faults: readonly SandboxFault[], question: string) => {
  const before = await costCallsOf(vendor);
  await vendors.misbehave(vendor, faults);
  const answer = await ask(question);
  await vendors.misbehave(vendor, []);
  return { ...answer, calls: (await costCallsOf(vendor)) - before };
};

describe('an answer that contradicts itself', () => {
  test.each(contradictions)(
    '$id $vendor sends $what',
    async ({ vendor, month, faults, calls = 1, amount, missing = null }) => {
      const answer = await askWhile(vendor, faults, monthOf(vendor, month));
      expect([answer.status, answer.calls]).toEqual([200, calls]);
      expect(answer.body.totals).toEqual([{ amount, currency: 'USD' }]);
      const whole = missing === null;
      expect(answer.body.meta?.complete).toBe(whole);
      expect([answer.said.status, answer.said.problem]).toEqual(
        whole ? ['fresh', null] : ['partial', 'vendor-incomplete'],
      );
      expect(answer.said.detail).toContain(missing ?? '');
    },
  );

  test('C8 elastic sends its charts in milliseconds: they are the days that its line items are', async () => {
    const days = '/v1/costs?granularity=daily&start=2026-09-01&end=2026-09-06&connection=elastic';
    const charts = await ask(`${days}&groupBy=account`);
    const calls = await costCallsOf('elastic');
    const items = await ask(`${days}&groupBy=category`);
    expect((await costCallsOf('elastic')) - calls).toBe(5);
    expect(charts.body.meta?.complete).toBe(true);
    expect(charts.body.meta?.providers[0]?.notes.map(({ code }) => code)).not.toContain('charts-unused');
    expect(charts.body.data.length).toBeGreaterThan(5);
    expect(charts.body.totals).toEqual(items.body.totals);
  });
});

describe('a link to the next page', () => {
  const link = async (month: string, next: string) => {
    const data = [
      {
        group: { Account: '1', Service: 'AmazonEC2', Region: 'us-east-1' },
        cost: [{ timestamp: `${month}-05T00:00:00Z`, value: 6 }],
      },
    ];
    const first = body(costPaths.cloudzero, { data, pagination: { next, previous: null, total: 1 } });
    return askWhile('cloudzero', [first], monthOf('published', month));
  };

  test('C6 to another origin is not followed, and the key stays here', async () => {
    for (const [index, next] of [
      `${trap.url}/v2/billing/costs?page=2`,
      `${trap.url.replace('http:', '')}/v2/billing/costs?page=2`,
      `${vendors.urls.cloudzero}@${new URL(trap.url).host}/v2/billing/costs?page=2`,
    ].entries()) {
      const answer = await link(`2026-0${index + 1}`, next);
      expect([answer.status, answer.calls, answer.said.status]).toEqual([200, 1, 'partial']);
      expect(answer.said.detail).toContain('another origin');
      expect(answer.body.totals).toEqual([{ amount: '6', currency: 'USD' }]);
    }
    expect(trap.seen).toEqual([]);
  });

  test('C6 back to the page that it stands on ends there', async () => {
    const answer = await link('2026-04', `${vendors.urls.cloudzero}/v2/billing/costs?page=2`);
    expect([answer.status, answer.calls, answer.said.status]).toEqual([200, 2, 'partial']);
    expect(answer.said.detail).toContain('already read');
  });
});

describe('a currency', () => {
  const rows = cloudspendAnswers([['AWS', 'Usage', 'us-east-1', 'AmazonEC2', 6]], 6);
  const shownIn = (data: object, month: string) =>
    askWhile(
      'cloudspend',
      [...rows, body('/cs/api/cost/display_currency', success(data))],
      monthOf('cloudspend', month),
    );

  test('C4 in lower case is the same currency', async () => {
    const answer = await shownIn({ display_currency: 'usd' }, '2026-04');
    expect([answer.status, answer.body.meta?.complete]).toEqual([200, true]);
    expect(answer.body.totals).toEqual([{ amount: '6', currency: 'USD' }]);
  });

  test.each([
    { what: 'that is none', data: { display_currency: '$' }, month: '2026-05' },
    { what: 'that is a number', data: { display_currency: 840 }, month: '2026-06' },
    { what: 'that is absent', data: {}, month: '2026-07' },
  ])('C4 $what is refused by name, and its figures are in no sum', async ({ data, month }) => {
    const answer = await shownIn(data, month);
    expect([answer.status, answer.problem, answer.calls]).toEqual([502, 'vendor-malformed', 0]);
    expect(answer.body.detail).toContain('data.display_currency');
    const both = await ask(`${monthOf('elastic', '2026-09')}&connection=cloudspend`);
    expect(both.body.totals.map(({ currency }) => currency)).toEqual(['USD']);
  });

  test('C4 of another connection, with the same key, has a sum of its own', async () => {
    const [dollars, euros] = [await ask(monthOf('cloudzero', '2026-09')), await ask(monthOf('euro', '2026-09'))];
    expect(euros.body.totals).toEqual([{ amount: dollars.body.totals[0]?.amount, currency: 'EUR' }]);
    const both = await ask(`${monthOf('euro', '2026-09')}&connection=cloudzero`);
    expect(both.body.totals).toEqual([...euros.body.totals, ...dollars.body.totals]);
  });
});
