import { describe, expect, it } from 'vitest';
import { joinOperations } from '../../src/vendor/document/operations.ts';

const stated = (changes: object = {}) => ({
  id: 'listThings',
  method: 'GET',
  path: '/v2/things',
  title: 'List things',
  area: 'Things',
  effect: 'read',
  scope: 'things:read',
  ...changes,
});

const documentOf = (...operations: object[]) => ({
  source: { document: 'a page', taken: 'hand' },
  authorization: [''],
  schemas: { Thing: { type: 'object', properties: { part: { $ref: '#/schemas/Thing' }, size: { type: 'integer' } } } },
  operations,
});
const listed = (changes: object = {}) => ({
  id: 'listThings',
  method: 'GET',
  path: '/v2/things',
  parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' } }],
  answers: { 200: { 'application/json': { $ref: '#/schemas/Thing' } }, 400: { 'text/plain': {} } },
  ...changes,
});

describe('a catalogue of operations', () => {
  it('joins what the provider states with what the document describes', () => {
    expect(joinOperations([stated()], [documentOf(listed())])).toEqual([
      {
        ...stated(),
        parameters: [{ name: 'limit', in: 'query', required: true, schema: { type: 'integer' }, json: false }],
        body: null,
        answers: ['application/json'],
      },
    ]);
  });

  it('requires no parameter that one of two dialects does without', () => {
    const other = listed({ parameters: [{ name: 'page', in: 'query', schema: {} }] });
    const [operation] = joinOperations([stated()], [documentOf(listed()), documentOf(other)]);
    expect(operation?.parameters.map(({ name, required }) => [name, required])).toEqual([
      ['limit', false],
      ['page', false],
    ]);
  });

  it('writes shared schemas into a body, and ends where one contains itself', () => {
    const body = { required: true, content: { 'application/json': { $ref: '#/schemas/Thing' } } };
    const [operation] = joinOperations([stated()], [documentOf(listed({ body }))]);
    expect(operation?.body).toEqual({
      required: true,
      content: { 'application/json': { type: 'object', properties: { part: {}, size: { type: 'integer' } } } },
    });
  });

  it('takes a body of either dialect where two describe it differently, and one schema where they agree', () => {
    const bodied = (schema: object) =>
      listed({ body: { required: true, content: { 'application/json': schema, 'text/plain': { type: 'string' } } } });
    const [operation] = joinOperations(
      [stated()],
      [documentOf(bodied({ type: 'object' })), documentOf(bodied({ type: 'array' }))],
    );
    expect(operation?.body?.content).toEqual({
      'application/json': { anyOf: [{ type: 'object' }, { type: 'array' }] },
      'text/plain': { type: 'string' },
    });
  });

  it('refuses an operation that no document describes', () => {
    expect(() => joinOperations([stated({ path: '/v2/others' })], [documentOf(listed())])).toThrow('/v2/others');
  });

  it('refuses to leave out an operation that a document describes', () => {
    const second = listed({ id: 'removeThing', method: 'DELETE' });
    expect(() => joinOperations([stated()], [documentOf(listed(), second)])).toThrow('DELETE /v2/things');
  });
});
