import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalText, timesPowerOfTen } from '../../src/domain/decimal.ts';
import { amountOf, money, moneySchema, readAmount, readCurrency, totalsOfMoney } from '../../src/domain/money.ts';
import { canonical } from '../support/toy-world.ts';

const options = { seed: 7, numRuns: 1000 };
const units = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });

describe('money', () => {
  it('is what its schema says, whatever the amount, and is read back as it was', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 45 }), (value, scale) => {
        const made = money(timesPowerOfTen(decimal(String(value)), -scale), 'USD');
        expect(moneySchema.safeParse(made).success).toBe(true);
        expect(made.amount).toBe(canonical(value, scale));
        expect(decimalText(amountOf(made))).toBe(made.amount);
      }),
      options,
    );
  });

  it.each(['1.50', '-0', '01', '1e3', '+1', '.5', '5.', '1,000', '', ' 1', 'NaN', '0.0', '-0.0', '1.'])(
    'has no amount %j',
    (amount) => {
      expect(moneySchema.safeParse({ amount, currency: 'USD' }).success).toBe(false);
    },
  );

  it.each(['usd', 'US', 'USDT', '', 'U$D', 'ＵＳＤ'])('has no currency %j', (currency) => {
    expect(moneySchema.safeParse({ amount: '1', currency }).success).toBe(false);
  });

  it('has an amount as text and nothing beside', () => {
    expect(moneySchema.safeParse({ amount: 1, currency: 'USD' }).success).toBe(false);
    expect(moneySchema.safeParse({ amount: '1', currency: 'USD', value: 1 }).success).toBe(false);
  });
});

describe('an amount of a vendor', () => {
  it('is read from a number as JSON would print it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), (value) => {
        if (value !== 0 && Math.abs(value) < 1e-100) return;
        const read = readAmount(value);
        expect(read).not.toBe(null);
        expect(Number(decimalText(read ?? decimal('0')))).toBe(value === 0 ? 0 : value);
      }),
      options,
    );
  });

  it('is read from text with blanks around it', () => {
    expect(decimalText(readAmount(' 12.50\n') ?? decimal('0'))).toBe('12.5');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '', '  ', 'NaN', '1e400', '1,000', '1 000'])(
    'is not %j',
    (value) => {
      expect(readAmount(value)).toBe(null);
    },
  );
});

describe('a currency of a vendor', () => {
  it('is three letters, in capitals', () => {
    expect(readCurrency(' usd ')).toBe('USD');
    expect(readCurrency('EUR')).toBe('EUR');
  });

  it.each(['', 'US', 'USDT', '$', 'U D', '123', 'ÜSD'])('is not %j', (text) => {
    expect(readCurrency(text)).toBe(null);
  });
});

describe('totals', () => {
  it('are one exact sum a currency, in the order of their codes', () => {
    const entry = fc.tuple(units, fc.constantFrom('USD', 'EUR', 'INR'));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const sums = new Map<string, bigint>();
        for (const [value, currency] of entries) sums.set(currency, (sums.get(currency) ?? 0n) + value);
        const totals = totalsOfMoney(
          entries.map(([value, currency]) => money(timesPowerOfTen(decimal(String(value)), -25), currency)),
        );
        expect(totals).toEqual(
          [...sums.keys()].sort().map((currency) => ({ amount: canonical(sums.get(currency) ?? 0n, 25), currency })),
        );
      }),
      { ...options, numRuns: 300 },
    );
  });
});
