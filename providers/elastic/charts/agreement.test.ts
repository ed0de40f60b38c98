import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { agreementOf, factorOf } from './agreement.ts';

const totals = (record: Record<string, string>) =>
  new Map(Object.entries(record).map(([id, text]) => [id, decimal(text)]));
const one = decimal('1');

describe('whether a chart agrees with line items', () => {
  const items = totals({ a: '14.0214', b: '0.5' });

  it('is exact, instance by instance', () => {
    expect(agreementOf(totals({ b: '0.5', a: '14.0214' }), items, one, 7)).toBe('exact');
    expect(agreementOf(totals({ a: '0.5', b: '14.0214' }), items, one, 7)).toBe('none');
  });

  it('is exact where an instance without cost is on one side only', () => {
    expect(agreementOf(totals({ a: '14.0214', b: '0.5', c: '0' }), items, one, 7)).toBe('exact');
  });

  it('is rounded where the difference is less than 0.0001 a day', () => {
    expect(agreementOf(totals({ a: '14.02143', b: '0.49996' }), items, one, 1)).toBe('rounded');
    expect(agreementOf(totals({ a: '14.0216', b: '0.5' }), items, one, 1)).toBe('none');
    expect(agreementOf(totals({ a: '14.0216', b: '0.5' }), items, one, 7)).toBe('rounded');
  });

  it('is none where an instance lacks, or a value names none', () => {
    expect(agreementOf(totals({ a: '14.0214' }), items, one, 7)).toBe('none');
    expect(agreementOf(totals({ a: '14.0214', '': '0.5' }), items, one, 7)).toBe('none');
  });
});

describe('the factor of a chart', () => {
  const factor = (chart: Record<string, string>, items: Record<string, string>) => {
    const found = factorOf(totals(chart), totals(items));
    return found === null ? null : decimalText(found);
  };
  it('is what makes its sum that of the line items', () => {
    expect(factor({ a: '3', b: '2' }, { a: '3', b: '2' })).toBe('1');
    expect(factor({ a: '1402.14', b: '50' }, { a: '14.0214', b: '0.5' })).toBe('0.01');
    expect(factor({ a: '0.7' }, { a: '70' })).toBe('100');
  });
  it('is none where either side is nothing', () => {
    expect(factor({ a: '0' }, { a: '1' })).toBeNull();
    expect(factor({ a: '1' }, {})).toBeNull();
  });
});
