import { afterEach, describe, expect, test } from 'vitest';
import { decimal, decimalText, sum } from '../../../src/domain/decimal.ts';
import type { CostReading } from '../../../src/vendor/kit/index.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../../test/support/cloudspend-rig.ts';

let rig: SandboxRig;
afterEach(() => rig.close());

const cubes = [
  'service-account-daily',
  'service-region-daily',
  'service-region-monthly',
  'account-region-monthly',
] as const;
const october = ['2026-10-01', '2026-11-01'] as const;
const path = '/cs/api/cost/custom_report/cloud_overallcost';
const totalOf = ({ items }: CostReading): string => decimalText(sum(items.map(({ amount }) => decimal(amount))));
const codes = ({ notes }: CostReading): string[] => notes.map(({ code }) => code);

describe('the rows of a month', () => {
  test.each(cubes)('are compared with the total of the vendor in one call: %s', async (cube) => {
    rig = await openSandbox();
    const reading = await fillCube(rig, cube, ...october);
    expect([codes(reading), reading.faults]).toEqual([[], []]);
    expect(rig.sandbox.calls.filter((call) => call.path === path)).toHaveLength(1);
  });

  test.each(cubes)('that a widget leaves out are missing, with both figures in a note: %s', async (cube) => {
    rig = await openSandbox('largest-services');
    const reading = await fillCube(rig, cube, ...october);
    expect(codes(reading)).toEqual(['total-differs']);
    expect(reading.notes[0]?.message).toContain(` add up to ${totalOf(reading)} USD`);
    expect(reading.faults).toMatchObject([
      { path: 'rows of 2026-10-01 to 2026-10-31', message: expect.stringMatching(/^lack \d/) },
    ]);
    expect(reading.faults[0]?.day).toBeUndefined();
  });

  test.each(cubes.slice(0, 3))('that are rounded differ from the total by no row: %s', async (cube) => {
    rig = await openSandbox('rounded');
    const reading = await fillCube(rig, cube, ...october);
    expect(codes(reading)).toEqual(['total-rounded']);
    expect(reading.faults).toEqual([]);
  });

  test.each(cubes)('are all there when they are negative, or have no service or region: %s', async (cube) => {
    rig = await openSandbox('refunds');
    const reading = await fillCube(rig, cube, ...october);
    expect([codes(reading), reading.faults]).toEqual([[], []]);
    expect(reading.items.some(({ amount }) => amount.startsWith('-'))).toBe(true);
    // The service, or the region where the cube has no service.
    const absent = cube.startsWith('service-region') ? 0 : 1;
    expect(reading.items.some(({ values }) => values[absent] === null)).toBe(true);
    if (cube.startsWith('service-region')) {
      const categories = new Set(reading.items.map(({ values }) => values[2]));
      for (const category of ['Refund', 'Support', 'Tax', 'Credit']) expect(categories).toContain(category);
    }
  });

  test('that exceed the total are a note, and no fault', async () => {
    rig = await openSandbox();
    rig.sandbox.faults.set([{ path, kind: 'body', body: '{"code":0,"data":{"overall_data":{"total_cost":"12.5"}}}' }]);
    const reading = await fillCube(rig, 'service-region-monthly', ...october);
    expect(reading.notes).toMatchObject([{ code: 'total-differs', message: expect.stringContaining('is 12.5 USD') }]);
    expect(reading.faults).toEqual([]);
  });

  test('stay, with a note, where the vendor does not tell its total', async () => {
    rig = await openSandbox();
    rig.sandbox.faults.set([{ path, kind: 'body', status: 400, body: '{"code":400}' }]);
    const reading = await fillCube(rig, 'service-region-monthly', ...october);
    expect(codes(reading)).toEqual(['total-not-compared']);
    expect(reading.faults).toEqual([]);
  });

  test('that still grow are not compared', async () => {
    rig = await openSandbox();
    await fillCube(rig, 'service-region-monthly', '2026-11-01', '2026-11-22');
    await fillCube(rig, 'service-region-daily', '2026-11-21', '2026-11-22');
    expect(rig.sandbox.calls.filter((call) => call.path === path)).toEqual([]);
    await fillCube(rig, 'service-region-daily', '2026-11-19', '2026-11-22');
    const [compared] = rig.sandbox.calls.filter((call) => call.path === path);
    expect(new URLSearchParams(compared?.query).get('JSONString')).toBe(
      '{"start_date":"2026-11-19","end_date":"2026-11-20"}',
    );
  });
});
