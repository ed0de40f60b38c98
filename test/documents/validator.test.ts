import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/vendor/document/document.ts';
import { createCompiler } from './validator.ts';

const violations = (schema: Schema, value: unknown, shared: Record<string, Schema> = {}): string[] =>
  createCompiler(shared)(schema)(value).map(({ at, rule, found }) => `${at} ${rule} ${found}`);

describe('what fits and what does not', () => {
  const amount = { type: 'string', pattern: '^\\d+$' };
  test.each<[string, Schema, unknown, unknown, string[]]>([
    ['a type', { type: 'integer' }, 3, 1.5, [' type 1.5']],
    ['one of several types', { type: ['string', 'null'] }, null, 1, [' type 1']],
    ['an enum', { enum: ['daily', 'monthly'] }, 'daily', 'hourly', [' enum "hourly"']],
    ['a pattern', amount, '12', '1.2', [' pattern "1.2"']],
    [
      'a date-time',
      { type: 'string', format: 'date-time' },
      '2026-11-01T00:00:00Z',
      '2026-11-01',
      [' format "2026-11-01"'],
    ],
    [
      'a date-time with an offset',
      { format: 'date-time' },
      '2026-11-01T00:00:00+05:30',
      '2026-11-01T00:00:00+0530',
      [' format "2026-11-01T00:00:00+0530"'],
    ],
    ['a range', { type: 'integer', minimum: 1, maximum: 9 }, 9, 10, [' range 10']],
    ['the other end of a range', { type: 'integer', minimum: 1 }, 1, 0, [' range 0']],
    [
      'a required member',
      { type: 'object', properties: { a: amount }, required: ['a'] },
      { a: '1' },
      {},
      ['.a required absent'],
    ],
    ['a required member without a schema', { type: 'object', required: ['a'] }, { a: 1 }, {}, ['.a required absent']],
    [
      'a member below',
      { properties: { a: { properties: { b: amount } } } },
      { a: { b: '1' } },
      { a: { b: 'x' } },
      ['.a.b pattern "x"'],
    ],
    [
      'an undocumented member',
      { type: 'object', properties: { a: amount } },
      { a: '1' },
      { a: '1', c: 2 },
      ['.c undocumented 2'],
    ],
    [
      'members of a pattern',
      { type: 'object', patternProperties: { '^tag:': amount } },
      { 'tag:x': '1' },
      { x: '1' },
      ['.x undocumented "1"'],
    ],
    ['members of any name', { type: 'object', additionalProperties: amount }, { x: '1' }, { x: 1 }, ['{x} type 1']],
    ['elements', { type: 'array', items: amount }, ['1'], ['1', 'x'], ['[1] pattern "x"']],
    [
      'places of a tuple',
      { type: 'array', prefixItems: [amount, {}] },
      ['1', 2],
      ['x', 2, 3],
      ['[0] pattern "x"', '[2] undocumented 3'],
    ],
  ])('%s', (_what, schema, right, wrong, found) => {
    expect(violations(schema, right)).toEqual([]);
    expect(violations(schema, wrong)).toEqual(found);
  });
});

test('a bare object says nothing of its members', () => {
  expect(violations({ type: 'object' }, { a: { b: 1 } })).toEqual([]);
  expect(violations({ type: 'object', additionalProperties: true, properties: { a: {} } }, { c: 1 })).toEqual([]);
});

test('a choice shows what is wrong with its nearest branch', () => {
  const near = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } }, required: ['id'] };
  const far = { type: 'object', properties: { kind: { enum: ['x'] } }, required: ['kind'] };
  expect(violations({ anyOf: [far, near] }, { id: 7, name: 'n' })).toEqual(['.id type 7']);
  expect(violations({ anyOf: [far, near] }, { kind: 'x' })).toEqual([]);
});

test('what fits two branches of a choice fits', () => {
  expect(violations({ oneOf: [{ type: 'integer' }, { type: 'number' }] }, 3)).toEqual([]);
});

test('a reference may lead in a circle', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/schemas/Node' }, id: { type: 'string' } } };
  expect(violations({ $ref: '#/schemas/Node' }, { next: { next: { id: 1 } } }, { Node: node })).toEqual([
    '.next.next.id type 1',
  ]);
});

test.each<[string, Schema]>([
  ['keyword', { multipleOf: 2 }],
  ['type', { type: 'decimal' }],
  ['format', { format: 'uuid' }],
  ['schema', { properties: { a: 3 } }],
])('a %s that the validator does not know is an error, not a pass', (_what, schema) => {
  expect(() => createCompiler({})(schema)).toThrow(TypeError);
});

test('a reference to nothing is an error', () => {
  expect(() => createCompiler({})({ $ref: '#/schemas/Gone' })).toThrow('Gone');
});
