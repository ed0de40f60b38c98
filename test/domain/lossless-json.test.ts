import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, parseDecimal } from '../../src/domain/decimal.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { anyText } from '../support/any-text.ts';

const options = { seed: 20261121, numRuns: 1500 };

/** A number as the value it stands for, in one form; the sign of a zero is none. */
const valueIn = (text: string): string => {
  const value = parseDecimal(text);
  return value === null ? text : decimalText(value);
};

/** What `JSON.parse` itself says the text of every number was: exact, and five times slower. */
const reference = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? { number: valueIn(context?.source ?? 'no source') } : value,
  );

interface Shaped {
  readonly number: string;
}
/** The document as it was read, its numbers (and the texts that stand where numbers were) in the same form. */
const shape = (read: unknown, due: unknown): unknown => {
  const isNumber = (value: unknown): value is Shaped =>
    typeof value === 'object' && value !== null && 'number' in value;
  if (isNumber(due) && (typeof read === 'number' || typeof read === 'string')) return { number: valueIn(String(read)) };
  if (Array.isArray(read)) return read.map((each, index) => shape(each, Array.isArray(due) ? due[index] : undefined));
  if (typeof read !== 'object' || read === null) return read;
  const dues = new Map<string, unknown>(typeof due === 'object' && due !== null ? Object.entries(due) : []);
  return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, shape(value, dues.get(key))]));
};

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));
const numberText = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 24)).map((two) => two.join('')),
    ),
    fraction: fc.option(digits(1, 24), { nil: '' }),
    exponent: fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 2)).map((three) => three.join('')),
    ),
  })
  .map(({ sign, whole, fraction, exponent }) => `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${exponent}`);
const oddText = fc.oneof(
  anyText({ maxLength: 12 }),
  fc.constantFrom(
    '12345678901234567890',
    '-0.12345678901234567890',
    '"12345678901234567890',
    '\\"1234567890123456789012',
    'a\\\\',
    ': 12345678901234567890,',
    '1e400',
    '__proto__',
    'number',
    '\u2028',
  ),
);
const text = oddText.map((each) => JSON.stringify(each));
const blank = fc.constantFrom('', ' ', '\n', '\t ', '\r\n');

/** The text of a JSON document, with blanks wherever they may be. */
const { document } = fc.letrec<{ document: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(numberText, numberText, text, fc.constantFrom('true', 'false', 'null')),
  document: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc
      .tuple(blank, fc.array(fc.tuple(tie('document'), blank), { maxLength: 5 }))
      .map(([open, items]) => `[${open}${items.map((item) => item.join('')).join(',')}]`),
    fc
      .tuple(blank, fc.array(fc.tuple(blank, text, blank, blank, tie('document'), blank), { maxLength: 5 }))
      .map(
        ([open, entries]) =>
          `{${open}${entries.map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`).join(',')}}`,
      ),
  ),
}));

const outcome = (parse: (source: string) => unknown, source: string): string => {
  try {
    return JSON.stringify(parse(source)) ?? 'undefined';
  } catch (thrown) {
    return thrown instanceof SyntaxError ? 'SyntaxError' : 'another error';
  }
};

describe('lossless JSON', () => {
  it('keeps the value of every number to the last digit, and everything else as it is', () => {
    fc.assert(
      fc.property(document, (source) => {
        const due = reference(source);
        expect(shape(parseLosslessly(source), due)).toEqual(due);
      }),
      options,
    );
  });

  it('is plain JSON where no number is too wide for a double', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (source) => {
        if (/\d{16}|[eE]/.test(source.replace(/"(?:[^"\\]|\\.)*"/g, ''))) return;
        expect(shape(parseLosslessly(source), reference(source))).toEqual(reference(source));
      }),
      options,
    );
  });

  it.each<[string, unknown]>([
    ['-12345678901234567890.5', '-12345678901234567890.5'],
    ['{"a": -0.1234567890123456789}', { a: '-0.1234567890123456789' }],
    ['{"a" :\n 12345678901234567890 }', { a: '12345678901234567890' }],
    ['[1e400,-1E+400,1e-400]', ['1e400', '-1E+400', '1e-400']],
    ['[0.1,100,1e3,1.5e-7]', [0.1, 100, 1000, 1.5e-7]],
    ['[999999999999999,9999999999999999]', [999_999_999_999_999, '9999999999999999']],
    ['[0.000000000000000001]', [0.000_000_000_000_000_001]],
    ['["12345678901234567890"]', ['12345678901234567890']],
    ['["\\"12345678901234567890"]', ['"12345678901234567890']],
    ['["\\\\",12345678901234567890]', ['\\', '12345678901234567890']],
    ['["a\\\\\\"12345678901234567890"]', ['a\\"12345678901234567890']],
    ['\ufeff{"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['[-0]', [-0]],
  ])('reads %s', (source, value) => {
    expect(parseLosslessly(source)).toEqual(value);
  });

  it('makes no zero of a number that is only very small, however it is written', () => {
    const small = `0.${'0'.repeat(150)}123e-190`;
    expect(parseLosslessly(`[${small}]`)).toEqual([small]);
  });

  it('has no prototype to be changed', () => {
    const read = parseLosslessly('{"__proto__":{"polluted":12345678901234567890}}');
    expect(Object.keys(Object(read))).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    'NaN',
    '[Infinity]',
    '[01234567890123456789]',
    '[+12345678901234567890]',
    '[.12345678901234567890]',
    '[12345678901234567890.]',
    '[-]',
    '[--12345678901234567890]',
    '[12345678901234567890e]',
    '[12345678901234567890 12345678901234567890]',
    '[12345678901234567890abc]',
    '[0x12345678901234567890]',
    '{12345678901234567890:1}',
    '"12345678901234567890',
    '["\n12345678901234567890"]',
    '[1]12345678901234567890',
    '\ufeff\ufeff[]',
    'undefined',
  ])('throws where JSON.parse does: %j', (source) => {
    expect(() => parseLosslessly(source)).toThrow(SyntaxError);
  });

  it('judges broken documents as JSON.parse does', () => {
    const broken = fc
      .tuple(document, fc.nat(), fc.constantFrom('', '"', '\\', ',', '{', '}', ']', ':', '1', '-', 'e', '.', ' '))
      .map(([source, at, inserted]) => {
        const place = at % (source.length + 1);
        return `${source.slice(0, place)}${inserted}${source.slice(place + (inserted === '' ? 1 : 0))}`;
      });
    fc.assert(
      fc.property(broken, (source) => {
        const wrong = outcome(JSON.parse, source) === 'SyntaxError';
        expect(outcome(parseLosslessly, source) === 'SyntaxError').toBe(wrong);
      }),
      options,
    );
  });
});
