import { describe, expect, it } from 'vitest';
import { queryText, resolveRange } from '../../src/costs/query/query.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { readQuery } from '../../src/services/costs.ts';

const today = '2026-11-21';
const faultsOf = (asked: { start?: string; end?: string }): string[] => {
  try {
    resolveRange(today, asked);
    return [];
  } catch (thrown) {
    return thrown instanceof Failure ? (thrown.details.errors ?? []).map((error) => error.path) : ['no Failure'];
  }
};

describe('the range of a question', () => {
  it('is the month to date when nothing is said, today included', () => {
    expect(resolveRange(today, {})).toEqual({ start: '2026-11-01', end: '2026-11-22' });
    expect(resolveRange('2026-12-31', {})).toEqual({ start: '2026-12-01', end: '2027-01-01' });
    expect(resolveRange('2026-11-01', {})).toEqual({ start: '2026-11-01', end: '2026-11-02' });
  });

  it('ends tomorrow when only a start is given', () => {
    expect(resolveRange(today, { start: '2026-03-04' })).toEqual({ start: '2026-03-04', end: '2026-11-22' });
  });

  it('starts with the month when only an end is given', () => {
    expect(resolveRange(today, { end: '2026-11-10' })).toEqual({ start: '2026-11-01', end: '2026-11-10' });
  });

  it('may end ahead, also when only an end is given', () => {
    expect(faultsOf({ start: '2026-11-01', end: '2027-03-01' })).toEqual([]);
    expect(faultsOf({ end: '2026-12-01' })).toEqual([]);
    expect(faultsOf({ end: '2027-03-01' })).toEqual([]);
  });

  it('may not start after today, nor end before it starts, nor be longer than three years', () => {
    expect(faultsOf({ start: '2026-11-22', end: '2026-11-23' })).toEqual(['query.start']);
    expect(faultsOf({ start: '2026-11-05', end: '2026-11-05' })).toEqual(['query.end']);
    expect(faultsOf({ start: '2026-11-05', end: '2026-11-04' })).toEqual(['query.end']);
    expect(faultsOf({ start: '2023-11-21', end: '2026-11-21' })).toEqual([]);
    expect(faultsOf({ start: '2023-11-21', end: '2026-11-22' })).toEqual(['query.end']);
    expect(faultsOf({ start: '9999-12-31', end: '9999-12-31' })).toContain('query.start');
  });
});

describe('the canonical question', () => {
  const text = (parameters: Parameters<typeof readQuery>[0]) => queryText(readQuery(parameters, today));

  it('is the same whatever the order of values and with defaults made explicit', () => {
    const plain = text({ service: ['a', 'b'], region: ['eu'] });
    expect(text({ region: ['eu'], service: ['b', 'a'] })).toBe(plain);
    expect(text({ service: ['a', 'b'], region: ['eu'], granularity: 'daily', costType: 'billed', sort: 'start' })).toBe(
      plain,
    );
    expect(text({ service: ['a', 'b'], region: ['eu'], start: '2026-11-01', end: '2026-11-22' })).toBe(plain);
    expect(text({ tag: ['env=b', 'env=a'] })).toBe(text({ tag: ['env=a', 'env=b'] }));
  });

  it('tells apart what has different meanings', () => {
    const texts = [
      text({ service: ['a,b'] }),
      text({ service: ['a', 'b'] }),
      text({ service: ['null()'] }),
      text({ service: ['null'] }),
      text({ region: ['a'] }),
      text({ tag: ['service=a'] }),
      text({ tag: ['a=b=c'] }),
      text({ tag: ['a=b'], service: ['c'] }),
      text({ groupBy: ['service', 'region'] }),
      text({ groupBy: ['region', 'service'] }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('reads the value of a tag up to its end, and null() as no value', () => {
    expect(readQuery({ tag: ['a=b=c', 'a=null()', 'b='] }, today).filters).toEqual(
      new Map([
        ['tag:a', ['b=c', null]],
        ['tag:b', ['']],
      ]),
    );
    expect(() => readQuery({ tag: ['novalue'] }, today)).toThrow(Failure);
    expect(() => readQuery({ tag: ['=x'] }, today)).toThrow(Failure);
  });
});
