import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, compareMoney, formatMoney, subtractMoney, sumMoney } from '../../openapi/client/money.ts';
import { add, compare, decimal, decimalText } from '../../src/domain/decimal.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.nat(25))
  .map(([units, scale]) => decimalText(decimal(`${units}e-${scale}`)));

describe('money', () => {
  it('is added and compared as the gateway does it, to the last digit', () => {
    fc.assert(
      fc.property(amount, amount, (left, right) => {
        expect(addMoney(usd(left), usd(right))).toEqual(usd(decimalText(add(decimal(left), decimal(right)))));
        expect(compareMoney(usd(left), usd(right))).toBe(Math.sign(compare(decimal(left), decimal(right))));
        expect(addMoney(subtractMoney(usd(left), usd(right)), usd(right))).toEqual(usd(left));
      }),
    );
  });

  it.each([
    ['0.1', '0.2', '0.3'],
    ['-0.5', '0.5', '0'],
    ['1.50', '0', '1.5'],
    ['99999999999999999999.99', '0.01', '100000000000000000000'],
    ['-1', '0.000000000000000001', '-0.999999999999999999'],
  ])('%s and %s are %s', (left, right, sum) => {
    expect(addMoney(usd(left), usd(right))).toEqual(usd(sum));
  });

  it('is summed by currency', () => {
    const eur = { amount: '2.5', currency: 'EUR' };
    expect(sumMoney([usd('0.1'), eur, usd('0.2'), eur])).toEqual([{ amount: '5', currency: 'EUR' }, usd('0.3')]);
    expect(sumMoney([])).toEqual([]);
  });

  it('of two currencies is neither added nor compared, and what is no decimal is refused', () => {
    expect(() => addMoney(usd('1'), { amount: '1', currency: 'EUR' })).toThrow('USD and EUR');
    expect(() => compareMoney(usd('1'), { amount: '1', currency: 'EUR' })).toThrow('USD and EUR');
    for (const bad of ['', '1e3', 'NaN', '1,000', ' 1', '0x1']) expect(() => addMoney(usd(bad), usd('1'))).toThrow();
  });

  it('is shown with its own digits, rounded from all of them', () => {
    const english = { locale: 'en-US' };
    expect(formatMoney(usd('1234.565'), english)).toBe('$1,234.57');
    expect(formatMoney(usd('9007199254740993.01'), english)).toBe('$9,007,199,254,740,993.01');
    expect(formatMoney({ amount: '1234.5', currency: 'JPY' }, english)).toBe('¥1,235');
    expect(formatMoney(usd('0.000123'), { ...english, digits: 6 })).toBe('$0.000123');
    expect(formatMoney({ amount: '-1234.5', currency: 'EUR' }, { locale: 'de-DE' })).toBe('-1.234,50\u00a0€');
    expect(() => formatMoney(usd('x'))).toThrow('no decimal');
  });
});
