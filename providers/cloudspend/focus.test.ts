import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Connector } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from '../../test/support/session.ts';
import { cloudspend } from './manifest.ts';

const clock = new VirtualClock();
let sandbox: RunningSandbox;
let connector: Connector;
let session: PlainSession;
beforeAll(async () => {
  sandbox = await cloudspend.sandbox({ clock });
  connector = connectTo(cloudspend, sandbox);
  session = plainSession(connector, clock);
});
afterAll(() => sandbox.close());
afterEach(async () => {
  sandbox.faults.clear();
  await session.forget('edition');
});

const fill = (cube: string, start: string, end: string) => {
  const { costs } = connector.capabilities;
  const dimensions = costs.cubes.find((each) => each.id === cube)?.dimensions ?? [];
  return fillWhole(connector, session, { cube, dimensions, costType: 'billed', start, end });
};
const path = '/cs/api/cost/display_currency';
const display = (code: string, times?: number) => ({
  path,
  kind: 'body' as const,
  times,
  body: `{"code":0,"data":{"display_currency":"${code}"}}`,
});

describe('what FOCUS wants to know', () => {
  test('is carried by a daily cube', () => {
    const { focus, cubes } = connector.capabilities.costs;
    const carried = cubes.find((cube) => cube.id === 'service-region-daily')?.dimensions;
    expect(focus?.dimensions.filter((dimension) => carried?.includes(dimension))).toEqual([
      'service',
      'region',
      'category',
    ]);
  });

  test('says of known charge types which category they are, and claims nothing of others', async () => {
    const { focus } = connector.capabilities.costs;
    const words = ['Usage', 'Tax', 'Credit', 'SavingsPlanNegation', 'usage', 'RIFee', ''];
    expect(words.map((word) => focus?.chargeCategory?.(word))).toEqual([
      'Usage',
      'Tax',
      'Credit',
      'Adjustment',
      null,
      null,
      null,
    ]);
    const { items } = await fill('service-region-monthly', '2026-10-01', '2026-11-01');
    expect(items.every((item) => focus?.chargeCategory?.(item.values[2] ?? '') !== null)).toBe(true);
  });
});

describe('the edition', () => {
  const asked = () => sandbox.calls.filter((call) => call.path === path).length;

  test('is the display currency, asked for once and remembered', async () => {
    const before = asked();
    expect(await connector.edition?.(session)).toBe('USD');
    expect(await connector.edition?.(session)).toBe('USD');
    expect(asked() - before).toBe(1);
  });

  test('of a fill is the currency that its figures are in', async () => {
    sandbox.faults.set([display('CAD')]);
    const reading = await fill('service-region-monthly', '2026-10-01', '2026-11-01');
    expect(reading.edition).toBe('CAD');
    expect(new Set(reading.items.map((item) => item.currency))).toEqual(new Set(['CAD']));
  });

  test('is forgotten by a fill that met another one', async () => {
    expect(await connector.edition?.(session)).toBe('USD');
    sandbox.faults.set([display('CAD')]);
    expect((await fill('service-region-monthly', '2026-10-01', '2026-11-01')).edition).toBe('CAD');
    expect(await connector.edition?.(session)).toBe('CAD');
  });

  test('is forgotten as well where the switch came in the middle of a fill', async () => {
    expect(await connector.edition?.(session)).toBe('USD');
    sandbox.faults.set([display('USD', 1), display('CAD')]);
    await expect(fill('service-region-monthly', '2026-10-01', '2026-11-01')).rejects.toMatchObject({
      kind: 'vendor-malformed',
    });
    expect(await connector.edition?.(session)).toBe('CAD');
  });

  test('costs a fill no call of its own', async () => {
    const before = asked();
    await fill('service-region-monthly', '2026-10-01', '2026-11-01');
    expect(asked() - before).toBe(2);
  });
});

test('a fault of one day of a day cube says which, one of a month concerns all of it', async () => {
  const bad = {
    path: '/cs/api/cost/sankey_chart_data',
    kind: 'body' as const,
    times: 1,
    body: '{"code":0,"data":{"data":[["AWS","Usage","r","s",null]]}}',
  };
  // The fault is met once, and must not be met by what a first fill asks about the connection.
  await fill('service-region-daily', '2026-11-03', '2026-11-04');
  sandbox.faults.set([bad]);
  const daily = await fill('service-region-daily', '2026-11-03', '2026-11-04');
  expect(daily.faults.map((fault) => fault.day)).toEqual(['2026-11-03']);
  sandbox.faults.set([bad]);
  const monthly = await fill('service-region-monthly', '2026-10-01', '2026-11-01');
  expect(monthly.faults.map((fault) => fault.day)).toEqual([undefined]);
});
