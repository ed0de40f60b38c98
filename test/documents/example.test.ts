import { expect, test } from 'vitest';
import { documentSchema } from '../../src/vendor/document/document.ts';
import { exampleOf } from '../../src/vendor/document/example.ts';
import { described } from './described.ts';
import { createCompiler } from './validator.ts';

test('a whole example has every member that the schema names, and a bare one those that it requires', () => {
  const shared = { Id: { type: 'string' } };
  const schema = {
    type: 'object',
    required: ['id', 'note'],
    properties: {
      id: { $ref: '#/schemas/Id' },
      note: { type: ['string', 'null'] },
      limits: { type: 'object', additionalProperties: { type: 'number' } },
      days: { type: 'array', items: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
    },
  };
  expect(exampleOf(schema, shared, { extent: 'bare' })).toEqual({ id: 'text', note: null });
  expect(exampleOf(schema, shared, { extent: 'whole', keys: { limits: '80' } })).toEqual({
    id: 'text',
    note: 'text',
    limits: { 80: 12.5 },
    days: [7],
  });
  expect(exampleOf(schema, shared, { extent: 'sparse', values: { limits: undefined, id: '1' } })).toEqual({
    id: '1',
    note: 'text',
    days: [null],
  });
});

test.each(['bare', 'sparse', 'whole'] as const)('%s examples of all documents fit their schemas', (extent) => {
  let made = 0;
  for (const document of described.flatMap(({ documents }) =>
    documents.map(({ read }) => documentSchema.parse(read())),
  )) {
    const compile = createCompiler(document.schemas);
    for (const { id, answers } of document.operations) {
      for (const schema of Object.values(answers).flatMap((content) => Object.values(content))) {
        const example = exampleOf(schema, document.schemas, { extent });
        expect({ id, violations: compile(schema)(example) }).toEqual({ id, violations: [] });
        made += 1;
      }
    }
  }
  expect(made).toBeGreaterThan(300);
});
