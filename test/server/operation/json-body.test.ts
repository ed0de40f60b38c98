import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { parseJsonBody } from '../../../src/server/operation/json-body.ts';

const parse = (text: string) => parseJsonBody(Buffer.from(text));
const faultOf = (body: string | Uint8Array) => {
  try {
    parseJsonBody(Buffer.from(body));
  } catch (error) {
    if (error instanceof Failure) return error.details.errors?.[0]?.message;
    throw error;
  }
  return null;
};

describe('a JSON body', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
        const text = JSON.stringify(value);
        if (text.includes('__proto__')) return;
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    '{',
    '{"a":}',
    "{'a':1}",
    '{"a":1,}',
    'NaN',
    '{"a":01}',
    '"\\x"',
    '{"\\u00zz":1}',
    'undefined',
    '[1]]',
    '"',
    '\\',
    '{"a"',
  ])('is not %s', (text) => {
    expect(faultOf(text)).toBe('is not JSON');
  });

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"b":{},"a":[{"x":1}],"b":0}', '[{"k":{"a":1,"b":2,"a":3}}]'])(
    'names no field twice: %s',
    (text) => {
      expect(faultOf(text)).toMatch(/^has the field "[abx]" twice$/);
    },
  );

  it('may use one name in several objects', () => {
    expect(parse('{"a":{"a":[{"a":1},{"a":"a\\",\\"a"}]}}')).toEqual({ a: { a: [{ a: 1 }, { a: 'a","a' }] } });
  });

  it.each(['{"__proto__":{"x":1}}', '{"a":{"\\u005f_proto__":1}}', '{"__proto\\u005f_":1}'])(
    'has no field __proto__: %s',
    (text) => {
      expect(faultOf(text)).toBe('must not have a field "__proto__"');
      expect(Reflect.get({}, 'x')).toBeUndefined();
    },
  );

  it('may say __proto__ as a value', () => {
    expect(parse('{"a":"__proto__","b":["__proto__"]}')).toEqual({ a: '__proto__', b: ['__proto__'] });
  });

  it('is at most 32 levels deep', () => {
    expect(faultOf(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeNull();
    expect(faultOf('['.repeat(33))).toBe('is nested more than 32 levels deep');
    expect(faultOf('{"a":'.repeat(150_000))).toBe('is nested more than 32 levels deep');
  });

  it('does not hang on numbers of millions of digits', () => {
    expect(faultOf('1'.repeat(10_000_000))).toBe('has a number of more than 400 characters');
    expect(faultOf(`{"a":1e${'9'.repeat(1_000_000)}}`)).toBe('has a number of more than 400 characters');
  });

  it('is UTF-8', () => {
    expect(faultOf(Buffer.from([0x22, 0xff, 0x22]))).toBe('is not UTF-8');
    expect(faultOf(Buffer.from([0x22, 0xc0, 0xaf, 0x22]))).toBe('is not UTF-8');
    expect(faultOf(Buffer.from('"a"', 'utf16le'))).not.toBeNull();
    expect(parse('\ufeff{"a":"é😀"}')).toEqual({ a: 'é😀' });
  });
});
