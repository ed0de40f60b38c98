import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute,
  compare,
  decimal,
  decimalText,
  multiply,
  subtract,
  timesPowerOfTen,
} from '../../src/domain/decimal.ts';
import { costOfUnit } from '../../src/domain/unit-cost.ts';

const unitCost = (cost: string, quantity: string): string | null => {
  const found = costOfUnit(decimal(cost), decimal(quantity));
  return found === null ? null : decimalText(found);
};

describe('the cost of a unit', () => {
  it.each([
    ['1000', '2717', '0.368052999632'],
    ['1', '3', '0.333333333333'],
    ['2', '3', '0.666666666667'],
    ['-2', '3', '-0.666666666667'],
    ['10', '4', '2.5'],
    ['0', '7', '0'],
    ['1', '1000000000000000', '0.000000000000001'],
    ['999999999999999', '1', '1000000000000000'],
    ['123456789012345', '1', '123456789012000'],
    ['1234567890.125', '10', '123456789.012'],
    ['1234567890.135', '10', '123456789.014'],
    ['0.1234567890125', '1', '0.123456789012'],
    ['0.1234567890135', '1', '0.123456789014'],
    ['5', '0', null],
  ])('%s for %s units is %s', (cost, quantity, expected) => {
    expect(unitCost(cost, quantity)).toBe(expected);
  });

  it('is off by half of its twelfth digit at most, and has no more digits than that', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.integer({ min: 0, max: 20 }))
      .map(([units, places]) => timesPowerOfTen(decimal(String(units)), -places));
    fc.assert(
      fc.property(amount, amount, (cost, quantity) => {
        const found = costOfUnit(cost, quantity);
        if (found === null) throw new TypeError('a positive quantity has a unit cost');
        const digits = decimalText(found).replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
        expect(digits.length).toBeLessThanOrEqual(12);
        const error = absolute(subtract(multiply(found, quantity), cost));
        expect(compare(timesPowerOfTen(error, 12), multiply(decimal('5'), cost))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
