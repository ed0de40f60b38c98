import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import rates from '../fixtures/exchange-rates.json' with { type: 'json' };
import { cloudspend } from '../manifest.ts';
import { exchangeRatesOf, monthOfName } from './normalise.ts';

const rate = { base_currency: 'EUR', display_currency: 'USD', exchange_rate: 1.1, has_exchange_rate: true };

test('a month of rates holds from its first day to the first of the next, and a missing rate is skipped', () => {
  expect(exchangeRatesOf(rates)).toEqual({
    faults: [],
    items: [{ from: 'INR', to: 'USD', rate: '0.011114', validFrom: '2026-01-01', validTo: '2026-02-01', custom: true }],
  });
});

test.each([
  ['Jan 2026', '2026-01'],
  ['Dec-2025', '2025-12'],
  ['02-2026', '2026-02'],
  ['Foo 2026', null],
  ['13-2026', null],
  ['2026', null],
])('%s is %s', (name, month) => {
  expect(monthOfName(name)).toBe(month);
});

test.each([
  ['exchange_rate', 0],
  ['exchange_rate', -1],
  ['exchange_rate', null],
  ['exchange_rate', 'NaN'],
  ['base_currency', '$'],
])('a rate whose %s is %s is refused by name', (field, value) => {
  const values = [{ ...rate, [field]: value }, rate];
  const { items, faults } = exchangeRatesOf({ code: 0, data: [{ month: 'Jan 2026', values }] });
  expect(items).toHaveLength(1);
  expect(faults).toMatchObject([{ path: `exchange_rates 2026-01[0].${field}` }]);
});

test('equal rates count once, differing ones and months that are none are told', () => {
  const { items, faults } = exchangeRatesOf({
    code: 0,
    data: [
      { month: 'Jan 2026', values: [rate, rate, { ...rate, exchange_rate: 1.2 }] },
      { month: 'someday', values: [rate] },
      { month: 'Feb 2026' },
    ],
  });
  expect(items).toMatchObject([{ rate: '1.1' }]);
  expect(faults.map((fault) => fault.path)).toEqual([
    'exchange_rates data[2].values',
    'exchange_rates data',
    'exchange_rates 2026-01-01 EUR USD',
  ]);
});

test('the sandbox has three rates for each of 36 months', async () => {
  const clock = new VirtualClock();
  const sandbox = await cloudspend.sandbox({ clock });
  const connector = connectTo(cloudspend, sandbox);
  const reading = await connector.capabilities.exchangeRates?.list(plainSession(connector, clock));
  expect(reading?.faults).toEqual([]);
  expect(reading?.items).toHaveLength(3 * 36);
  await sandbox.close();
});
