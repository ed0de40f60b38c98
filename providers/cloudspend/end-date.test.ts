import { afterEach, describe, expect, test } from 'vitest';
import { decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import { fillCube, openSandbox, type SandboxRig } from '../../test/support/cloudspend-rig.ts';
import { dateRange } from './end-date.ts';

let rig: SandboxRig;
afterEach(() => rig.close());

const sankey = '/cs/api/cost/sankey_chart_data';
const sankeyCalls = () => rig.sandbox.calls.filter((call) => call.path === sankey).length;
const october = () => dateRange(rig.session, '2026-10-01', '2026-11-01');
const answer = (amount: string | null) => ({
  path: sankey,
  times: 1,
  kind: 'body' as const,
  body: JSON.stringify({ code: 0, data: { data: amount === null ? [] : [['AWS', 'Usage', 'r', 's', amount]] } }),
});

describe('the day that a range ends with', () => {
  test.each([
    [undefined, '2026-10-31'],
    ['exclusive-end-dates', '2026-11-01'],
  ])('is found out once from the figures: %s', async (variant, end) => {
    rig = await openSandbox(variant);
    expect(await october()).toEqual({ start_date: '2026-10-01', end_date: end });
    const calls = sankeyCalls();
    expect(calls).toBeLessThanOrEqual(3);
    await october();
    expect(sankeyCalls()).toBe(calls);
  });

  test.each([
    ['included: the range of two days costs more than its first day', ['5', '8'], '2026-10-31'],
    ['included: only the second day costs something', [null, '8', '8'], '2026-10-31'],
    ['left out: ranges of one day are empty', [null, '8', null], '2026-11-01'],
    ['left out, but a range of one day is that day', ['8', '8', '3'], '2026-11-01'],
    ['not known: the second day costs nothing', ['8', '8', null], '2026-10-31'],
    ['not known: both days cost nothing', [null, null], '2026-10-31'],
  ])('is %s', async (_name, amounts, end) => {
    rig = await openSandbox();
    rig.sandbox.faults.set(amounts.map(answer));
    expect((await october()).end_date).toBe(end);
    expect(sankeyCalls()).toBe(amounts.length);
  });

  test('is left out where the vendor refuses ranges of one day', async () => {
    rig = await openSandbox();
    const refusal = { path: sankey, times: 1, kind: 'body', status: 400, body: '{"code":400}' } as const;
    rig.sandbox.faults.set([refusal, answer('8'), refusal]);
    expect((await october()).end_date).toBe('2026-11-01');
  });

  test.each(['service-account-daily', 'service-region-daily', 'service-region-monthly'])(
    'makes no difference to the figures of %s',
    async (cube) => {
      const read = async (variant?: string) => {
        rig = await openSandbox(variant);
        const { items, faults, notes } = await fillCube(rig, cube, '2026-10-01', '2026-11-01');
        expect([faults, notes]).toEqual([[], []]);
        const total = decimalText(sum(items.map(({ amount }) => decimal(amount))));
        await rig.close();
        return { total, days: new Set(items.map(({ day }) => day)) };
      };
      expect(await read('exclusive-end-dates')).toEqual(await read());
    },
  );
});
