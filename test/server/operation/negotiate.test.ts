import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../src/server/operation/negotiate.ts';

const offered = ['application/json', 'text/csv', 'application/x-ndjson'] as const;
const pick = (accept: string) => negotiate(accept, [...offered]);

describe('an Accept header', () => {
  it.each([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV', 'text/csv'],
    ['text/*', 'text/csv'],
    ['text/csv;q=0.5, application/json;q=0.4', 'text/csv'],
    ['application/json;q=0.1, */*;q=0.5', 'text/csv'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
    ['application/json;q=0, */*', 'text/csv'],
    ['text/csv;q=NaN, application/x-ndjson', 'application/x-ndjson'],
    ['nonsense, */*', 'application/json'],
    [`${'a/b,'.repeat(3_000)}text/csv`, 'text/csv'],
  ])('%# picks what it prefers', (accept, type) => {
    expect(pick(accept)).toBe(type);
  });

  it.each(['text/html', 'image/*', '*/*;q=0', 'text/csv;q=-1', 'application/json;q=2', 'csv'])(
    'that rules everything out is refused with what there is: %s',
    (accept) => {
      expect(() => pick(accept)).toThrow(
        'This operation answers as application/json or text/csv or application/x-ndjson.',
      );
    },
  );
});
