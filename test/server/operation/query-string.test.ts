import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { parseQueryString } from '../../../src/server/operation/query-string.ts';

const faultsOf = (raw: string) => {
  try {
    parseQueryString(raw);
  } catch (error) {
    if (error instanceof Failure && error.kind === 'invalid-request') return error.details.errors ?? [];
    throw error;
  }
  return [];
};

describe('a query string', () => {
  it('gives every occurrence of every name, in order', () => {
    expect([...parseQueryString('a=1&b=2&a=3&c&d=&&e=x=y')]).toEqual([
      ['a', ['1', '3']],
      ['b', ['2']],
      ['c', ['']],
      ['d', ['']],
      ['e', ['x=y']],
    ]);
    expect(parseQueryString('').size).toBe(0);
  });

  it('reads + and %20 as blanks and everything else once', () => {
    expect(parseQueryString('q=a+b%20c%2Bd%252F%26').get('q')).toEqual(['a b c+d%2F&']);
    expect(parseQueryString('%C3%A9=%F0%9F%98%80').get('é')).toEqual(['😀']);
  });

  it('treats names with a meaning elsewhere as names', () => {
    const query = parseQueryString('__proto__=1&a[b]=2&=3&constructor.prototype.x=4&toString=5');
    expect([...query.keys()]).toEqual(['__proto__', 'a[b]', '', 'constructor.prototype.x', 'toString']);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it.each([
    'start=%',
    'start=%zz',
    'start=%FF',
    'start=%C0%AF',
    'start=%ED%A0%80',
    'start=%F5%80%80%80',
    'start=%E2%82',
  ])('that is not UTF-8 is refused by the name of the parameter: %s', (raw) => {
    expect(faultsOf(raw)).toEqual([{ path: 'query.start', message: 'is not percent-encoded UTF-8' }]);
  });

  it('names every unreadable parameter at once, unreadable names too', () => {
    expect(faultsOf('a=%&b=1&%FF=2').map((fault) => fault.path)).toEqual(['query.a', 'query.%FF']);
  });

  it('must be encoded', () => {
    for (const raw of ['a=é', 'a= ', 'a=1#b', 'a=\u0000', 'a=Ã©']) expect(faultsOf(raw)).toHaveLength(1);
  });

  it('has at most 200 parameters and 16 kB', () => {
    expect(parseQueryString(Array.from({ length: 200 }, (_, index) => `a${index}=1`).join('&')).size).toBe(200);
    expect(faultsOf('a=1&'.repeat(201))).toEqual([{ path: 'query', message: 'has more than 200 parameters' }]);
    expect(faultsOf(`a=${'x'.repeat(16_384)}`)).toHaveLength(1);
  });

  it('gives back what URLSearchParams wrote', () => {
    const pair = fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (pairs) => {
        const read = parseQueryString(new URLSearchParams(pairs).toString());
        for (const [name, value] of pairs) expect(read.get(name)).toContain(value);
      }),
    );
  });
});
