import { describe, expect, onTestFinished, test } from 'vitest';
import { type BillDrop, type BillRow, Failure } from '../../../src/vendor/kit/index.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { sendTo } from '../../../test/support/cloudzero-sandbox.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { cloudzero } from '../manifest.ts';

const stream = 'connection-anycost-41d8';

const open = async (variant: 'live' | 'published') => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  onTestFinished(() => sandbox.close());
  const connector = connectTo(cloudzero, sandbox);
  const session = plainSession(connector, clock);
  const { bills } = connector.capabilities;
  if (bills === undefined) throw new TypeError('it takes no bills');
  const send = sendTo(sandbox);
  return {
    sandbox,
    bills,
    session,
    costs: async () => {
      const path = `/v2/connections/billing/anycost/${stream}/billing_drops/2026-10`;
      return (await send('GET', path)).json.billing_drop.map((row: BillRow) => row['cost/cost']);
    },
  };
};

const row = (more: BillRow = {}): BillRow => ({
  'lineitem/type': 'Usage',
  'time/usage_start': '2026-10-02T00:00:00Z',
  'time/usage_end': '2026-10-03T00:00:00Z',
  'resource/service': 'Search',
  'cost/cost': '12.3456789',
  ...more,
});
const drop = (operation: BillDrop['operation'], ...rows: BillRow[]): BillDrop => ({
  stream,
  month: '2026-10',
  operation,
  rowsJson: JSON.stringify(rows),
});
const credit = row({ 'lineitem/type': 'Credit', 'cost/cost': '-10' });

describe('a stream of the live dialect', () => {
  test('takes the rows of a month with every digit, credits with their sign', async () => {
    const { bills, session, costs } = await open('live');
    const whole = drop('replace_drop', row(), credit);
    expect(await bills.complaints(session, whole)).toEqual([]);
    const first = await bills.send(session, whole, 'one');
    expect(first).toEqual(expect.any(String));
    expect(await bills.send(session, drop('sum', row({ 'cost/cost': '0.5' })), 'two')).toBe(first);
    expect(await costs()).toEqual(['12.3456789', '-10', '0.5']);
  });

  test('recognises a key, so that the same rows are not added twice', async () => {
    const { bills, session, costs } = await open('live');
    expect(await bills.deduplicates(session)).toBe(true);
    const more = drop('sum', row());
    expect(await bills.send(session, more, 'one')).toBe(await bills.send(session, more, 'one'));
    expect(await costs()).toEqual(['12.3456789']);
  });

  test('says of each row what it would not take, and stores nothing', async () => {
    const { bills, session, sandbox } = await open('live');
    const faulty = drop(
      'replace_drop',
      row({ 'cost/cost': '-1' }),
      row(),
      row({ 'time/usage_start': '2026-09-30T23:00:00Z' }),
    );
    expect(await bills.complaints(session, faulty)).toEqual([
      'data[0]: cost/cost is negative, which only Discount and Credit can be',
      'data[2]: time/usage_start does not lie in 2026-10',
    ]);
    expect(sandbox.calls.filter(({ path }) => path.endsWith('billing_drops'))).toEqual([]);
  });
});

test('the published dialect takes none, and nothing is sent', async () => {
  const { bills, session, sandbox } = await open('published');
  expect(await bills.deduplicates(session)).toBe(false);
  await expect(bills.send(session, drop('sum', row()), 'one')).rejects.toThrow(Failure);
  expect(sandbox.calls.map(({ method }) => method)).toEqual(['GET']);
});
