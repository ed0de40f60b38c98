import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asker, askerOf, monthOf, oneCaller } from '../support/whole-app/asking.ts';
import { type GatewayProcess, startGateway } from '../support/whole-app/gateway-process.ts';
import { clocksThatMove, goForward } from '../support/whole-app/going-forward.ts';
import { startVendors, type VendorsProcess } from '../support/whole-app/vendors.ts';
import { body, cloudspendAnswers, costPaths, success, type VendorName } from './contradictions.ts';

/**
 * The gateway as `npm start` runs it (SQLite, shedder, keys), also three days later: its clocks go forward, so what it
 * holds is older; its timers do not.
 */

const threeDays = 3 * 86_400_000;
const today = Temporal.Now.plainDateISO('UTC');
const monthsAgo = (months: number): string => today.toPlainYearMonth().subtract({ months }).toString();

let vendors: VendorsProcess;
let gateway: GatewayProcess;
let ask: Asker;
beforeAll(async () => {
  vendors = await startVendors();
  const { environment, nodeOptions } = clocksThatMove(threeDays);
  gateway = await startGateway({
    file: { connections: vendors.connections },
    environment: { ...environment, ...oneCaller },
    nodeOptions,
  });
  ask = askerOf(gateway);
  // Before its first month is read, CloudSpend is asked where its ranges end.
  await ask(monthOf('cloudspend', monthsAgo(5)));
});
afterAll(async () => {
  await gateway.close();
  await vendors.close();
});

const callsOf = async (vendor: VendorName): Promise<number> =>
  (await vendors.calls(vendor)).filter(({ path }) => path.startsWith(costPaths[vendor])).length;

test('C11 a day that the vendor restates has its new figure and a new ETag, and the old one is confirmed no more', async () => {
  const day = `/v1/costs?granularity=daily&start=${today.subtract({ days: 1 })}&end=${today}&connection=elastic`;
  const costs = (ecu: number) => [body(costPaths.elastic, { instances: [{ id: 'a', total_ecu: ecu }] })];
  await vendors.misbehave('elastic', costs(5));
  const before = await ask(day);
  const tag = { 'if-none-match': before.headers.get('etag') ?? '' };
  await vendors.misbehave('elastic', costs(7));
  expect((await ask(day, tag)).status).toBe(304);
  await goForward(gateway, ask);
  const after = await ask(day, tag);
  expect([after.status, after.body.meta?.complete]).toEqual([200, true]);
  expect([before, after].map(({ body: { totals } }) => totals)).toEqual([
    [{ amount: '5', currency: 'USD' }],
    [{ amount: '7', currency: 'USD' }],
  ]);
  expect((await ask(day, { 'if-none-match': after.headers.get('etag') ?? '' })).status).toBe(304);
  expect((await ask(day, tag)).status).toBe(200);
  expect(await callsOf('elastic')).toBe(2);
});

const amounts = { USD: 6, EUR: 5, GBP: 4 } as const;
/** The administrator of the vendor's account shows all of its figures in this currency from now on. */
const showIn = (currency: keyof typeof amounts): Promise<void> =>
  vendors.misbehave('cloudspend', [
    ...cloudspendAnswers([['AWS', 'Usage', 'us-east-1', 'AmazonEC2', amounts[currency]]], amounts[currency]),
    body('/cs/api/cost/display_currency', success({ display_currency: currency })),
  ]);
let asked = 0;
/** As another question about the same figures, so that no finished answer serves it. */
const askAnew = (question: string) => {
  asked += 1;
  return ask(`${question}&limit=${asked}`);
};
const [month, earlier] = [monthsAgo(3), monthsAgo(4)];
const both = monthOf('cloudspend', earlier).replace(
  /end=[\d-]+/,
  /end=[\d-]+/.exec(monthOf('cloudspend', month))?.[0] ?? '',
);

test('F6 after a switch of the display currency each answer is in one currency, and a month is read once in the new one', async () => {
  await showIn('USD');
  expect((await askAnew(monthOf('cloudspend', month))).body.totals).toEqual([{ amount: '6', currency: 'USD' }]);
  await showIn('EUR');
  const calls = await callsOf('cloudspend');
  expect((await askAnew(monthOf('cloudspend', month))).body.totals).toEqual([{ amount: '6', currency: 'USD' }]);
  expect(await callsOf('cloudspend')).toBe(calls);
  await goForward(gateway, ask);
  const seen: string[] = [];
  while (!seen.includes('EUR 5') && seen.length < 20) {
    const { body: answer } = await askAnew(monthOf('cloudspend', month));
    expect([answer.meta?.complete, answer.totals.length]).toEqual([true, 1]);
    seen.push(...answer.totals.map(({ amount, currency }) => `${currency} ${amount}`));
  }
  expect(seen.at(-1)).toBe('EUR 5');
  expect((await callsOf('cloudspend')) - calls).toBe(1);
});

test('F6 a switch that a read meets is in no answer with what was held, and the next question has the new currency', async () => {
  await showIn('GBP');
  const calls = await callsOf('cloudspend');
  const met = await ask(both);
  expect([met.status, met.said.status]).toEqual([200, 'partial']);
  expect(met.said.detail).toContain('switched the unit');
  expect(met.body.totals).toEqual([{ amount: '5', currency: 'EUR' }]);
  const next = await askAnew(both);
  expect([next.status, next.body.meta?.complete]).toEqual([200, true]);
  expect(next.body.totals).toEqual([{ amount: '8', currency: 'GBP' }]);
  expect((await callsOf('cloudspend')) - calls).toBe(1 + 2);
});
