import { describe, expect, it } from 'vitest';
import { decimalText } from '../../../src/domain/decimal.ts';
import { Failure } from '../../../src/vendor/kit/index.ts';
import { readChart } from './normalise.ts';

const seconds = Date.UTC(2026, 10, 10) / 1_000;
const read = (data: unknown) => {
  const { values, faults } = readChart({ data }, '2026-11-10', '2026-11-12');
  return {
    values: values.map(({ day, id, name, value }) => [day, id, name, decimalText(value)]),
    faults: faults.map(({ path }) => path),
  };
};
const value = { id: 'a', name: 'shop', type: 'deployment', value: 1.5 };

describe('reading a chart', () => {
  it('takes timestamps in seconds and in milliseconds', () => {
    const expected = { values: [['2026-11-10', 'a', 'shop', '1.5']], faults: [] };
    expect(read([{ timestamp: seconds, values: [value] }])).toEqual(expected);
    expect(read([{ timestamp: seconds * 1_000, values: [value] }])).toEqual(expected);
  });

  it('takes a value without name, type and id, and a day without values', () => {
    expect(
      read([{ timestamp: seconds, values: [{ value: '0.10000000000000000001' }] }, { timestamp: seconds }]),
    ).toEqual({
      values: [['2026-11-10', null, null, '0.10000000000000000001']],
      faults: [],
    });
    expect(read([{ timestamp: seconds, values: null }])).toEqual({ values: [], faults: [] });
  });

  it('leaves out days that were not asked for', () => {
    const days = [-1, 0, 1, 2].map((day) => ({ timestamp: seconds + day * 86_400, values: [value] }));
    expect(read(days).values.map(([day]) => day)).toEqual(['2026-11-10', '2026-11-11']);
  });

  it('names what cannot be read', () => {
    expect(read([{ values: [] }, { timestamp: seconds, values: [{ id: 'a' }, { value: 'much' }, 7] }]).faults).toEqual([
      'data[0].timestamp',
      '2026-11-10:values[0].value',
      '2026-11-10:values[1].value',
      '2026-11-10:values[2]',
    ]);
  });

  it('refuses another shape', () => {
    for (const json of [null, [], {}, { data: {} }, { data: null }]) {
      expect(() => readChart(json, '2026-11-10', '2026-11-11')).toThrow(Failure);
    }
  });
});
