import { describe, expect, it } from 'vitest';
import { decimalText } from '../../src/domain/decimal.ts';
import { priceNotes, priceOn, readPrices } from './prices.ts';

const dated = readPrices('EUR', [
  { from: '2026-07-01', price: '0.92' },
  { from: '2026-01-01', price: '0.95' },
]);
const nominal = readPrices('USD', []);

describe('the price of an ECU', () => {
  it('is 1 without dated prices', () => {
    expect(decimalText(priceOn(nominal, '2026-11-01'))).toBe('1');
    expect(priceNotes(nominal, '2026-11-01', '2026-12-01')).toEqual([
      { code: 'nominal-price', message: 'one ECU taken as 1 USD' },
    ]);
  });

  it('holds from its day on, until the next one', () => {
    const prices = ['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((day) =>
      decimalText(priceOn(dated, day)),
    );
    expect(prices).toEqual(['1', '0.95', '0.95', '0.92']);
  });

  it('is named for the days asked, and nominal up to the first dated one', () => {
    expect(priceNotes(dated, '2025-12-01', '2026-12-01')).toEqual([
      { code: 'nominal-price', message: 'one ECU taken as 1 EUR for days before 2026-01-01' },
      { code: 'contract-price', message: 'one ECU taken as 0.95 EUR for days from 2026-01-01 and before 2026-07-01' },
      { code: 'contract-price', message: 'one ECU taken as 0.92 EUR for days from 2026-07-01' },
    ]);
    expect(priceNotes(dated, '2026-07-01', '2026-08-01').map((note) => note.message)).toEqual([
      'one ECU taken as 0.92 EUR for days from 2026-07-01',
    ]);
    expect(priceNotes(dated, '2026-06-01', '2026-07-01').map((note) => note.code)).toEqual(['contract-price']);
    expect(priceNotes(dated, '2025-12-01', '2026-01-01').map((note) => note.code)).toEqual(['nominal-price']);
  });
});
