import { describe, expect, test } from 'vitest';
import { documentSchema } from '../../../src/vendor/document/document.ts';
import { readCatalogue } from './catalogue.ts';
import { infer } from './infer.ts';
import { readOpenApi } from './openapi.ts';
import { readReference } from './reference.ts';
import { structureOf } from './schema.ts';
import { documentText } from './write.ts';

const openApi = `
openapi: 3.0.1
info: { title: Acme, version: 1.2.0, description: A sentence. }
paths:
  /v1/budgets/{id}:
    put:
      operationId: updateBudget
      summary: A sentence.
      parameters:
        - { in: path, name: id, required: true, schema: { type: string }, description: A sentence. }
        - { in: query, name: expand, schema: { type: array, items: { enum: [current] } }, example: current }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Budget' } } }
      responses:
        '200': { description: A sentence., content: { application/json: { schema: { $ref: '#/components/schemas/Budget' } } } }
        '404': { description: A sentence. }
components:
  schemas:
    Budget:
      type: object
      description: A sentence.
      required: [amount]
      properties: { amount: { type: number, format: double, example: 1 }, description: { type: string } }
`;

test('an OpenAPI description is reduced to its structure', () => {
  const { version, ...structure } = readOpenApi(openApi);
  const budget = { 'application/json': { $ref: '#/schemas/Budget' } };
  expect(version).toBe('1.2.0');
  expect(structure).toEqual({
    schemas: {
      Budget: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'number', format: 'double' }, description: { type: 'string' } },
      },
    },
    operations: [
      {
        id: 'updateBudget',
        method: 'PUT',
        path: '/v1/budgets/{id}',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'expand', in: 'query', required: false, schema: { type: 'array', items: { enum: ['current'] } } },
        ],
        body: { required: true, content: budget },
        answers: { 200: budget, 404: {} },
      },
    ],
  });
});

test('a keyword that could be lost without notice is an error', () => {
  expect(() => structureOf({ allOf: [] })).toThrow('allOf');
});

test('a reference of operations keeps headers, and an empty schema is a body that is not described', () => {
  const { operations } = readReference(
    JSON.stringify({
      shared: { Error: { type: 'object' } },
      operations: [
        {
          operation: 'send',
          method: 'POST',
          path: '/v1/{stream}',
          facts: ['A sentence.'],
          pathParameters: { stream: { schema: { type: 'string', default: 'x' }, required: true } },
          query: { limit: { schema: { type: 'integer', maximum: 10 } } },
          headers: ['acme-key'],
          body: { 'application/json': { type: 'object' } },
          responses: { 200: {}, 400: { $ref: '#/shared/Error' } },
        },
      ],
    }),
  );
  expect(operations).toEqual([
    {
      id: 'send',
      method: 'POST',
      path: '/v1/{stream}',
      parameters: [
        { name: 'stream', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 10 } },
      ],
      headers: ['acme-key'],
      body: { required: true, content: { 'application/json': { type: 'object' } } },
      answers: { 200: {}, 400: { 'application/json': { $ref: '#/schemas/Error' } } },
    },
  ]);
});

describe('a catalogue of samples', () => {
  const entry = {
    id: 'create',
    method: 'POST',
    path: '/checks/{id}',
    params: [
      { in: 'query', name: 'type', note: 'Kind: - 1: Budget - 2: Anomaly' },
      { in: 'query', name: 'zone', note: 'Optional zone' },
      { in: 'body', name: 'unit', note: 'Unit (1=amount, 2=percent)' },
      { in: 'body', name: 'code', note: 'Unit (8=amount, 9=percent)' },
      { in: 'body', name: 'tags', note: 'Optional tags' },
    ],
    sample: {
      query: { type: '1', zone: 'eu', JSONString: { start_date: '2026-01-01' } },
      body: { unit: 1 },
      bodies: [{ json: { unit: 1, code: 1, tags: [], name: 'a' } }, { json: { unit: 2, code: 1, name: 'b' } }],
      standIns: false,
    },
    responses: [{ json: { code: 0, data: { id: '7' } } }],
    sampleQuality: 'full',
  };
  const read = (more: Record<string, unknown> = {}) =>
    readCatalogue(JSON.stringify([{ ...entry, ...more }])).operations[0];
  const id = '^(-?\\d+(\\.\\d+)?)?$';

  test('parameters that notes call optional may be left out; lists of values count where the sample is in them', () => {
    expect(read()?.parameters).toEqual([
      { name: 'id', in: 'path', required: true },
      { name: 'type', in: 'query', required: true, schema: { type: 'string', pattern: id, enum: ['1', '2'] } },
      { name: 'zone', in: 'query', required: false, schema: { type: 'string' } },
      {
        name: 'JSONString',
        in: 'query',
        required: true,
        json: {
          type: 'object',
          properties: { start_date: { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' } },
          required: ['start_date'],
        },
      },
    ]);
  });

  test('a stand-in for an object in the query is one that is not described', () => {
    const sample = { ...entry.sample, query: { JSONString: 'SOME_STRING_VALUE' }, standIns: true };
    const [, , , parameter] = read({ sample })?.parameters ?? [];
    expect(parameter).toEqual({ name: 'JSONString', in: 'query', required: true, json: { type: 'object' } });
  });

  test.each([
    'Dates (required for type 2, optional for type 1)',
    'Groups to join (optional)',
    'Role, required only for custom users',
    'Month. Required for yearly reports',
    'Rules. Not used for budgets',
  ])('what a note calls optional for some uses may be left out: %s', (note) => {
    const params = [
      { in: 'query', name: 'type', note },
      { in: 'body', name: 'unit', note },
    ];
    const operation = read({ params });
    expect(operation?.parameters?.find(({ name }) => name === 'type')?.required).toBe(false);
    expect(operation?.body?.content['application/json']?.required).toEqual(['code', 'name']);
  });

  test.each([
    ['a list that goes on', 'Level 1=Root, 2=Cloud, 5+=Service'],
    ['a list with a range', 'Day (1-31), 1=Sunday, 2=Monday'],
    ['a list that breaks off', '1=Sunday, 2=Monday, …'],
    ['a list with a word for others', '- 1: User - 2: Group - Custom: its id'],
  ])('%s leaves other values open', (_what, note) => {
    const schema = read({ params: [{ in: 'body', name: 'unit', note }] })?.body?.content['application/json'];
    expect(schema).toMatchObject({ properties: { unit: { type: 'number' } } });
    expect(JSON.stringify(schema)).not.toContain('enum');
  });

  test('a list of values says nothing of a parameter that holds a list', () => {
    const params = [{ in: 'body', name: 'unit', note: '1=amount, 2=percent' }];
    const sample = { ...entry.sample, bodies: null, body: { unit: [1] } };
    expect(read({ params, sample })?.body?.content['application/json']?.properties).toEqual({
      unit: { type: 'array', items: { type: 'number' } },
    });
  });

  test('a body has no member that addresses a reader, also where a note names it', () => {
    const params = [{ in: 'body', name: 'WRONG_EXAMPLE', note: 'Never' }];
    const sample = { ...entry.sample, bodies: null, body: { unit: 1, WRONG_EXAMPLE: 'x' } };
    expect(read({ params, sample })?.body?.content['application/json']).toEqual({
      type: 'object',
      properties: { unit: { type: 'number' } },
      required: ['unit'],
    });
  });

  test('what every example of a body has is required', () => {
    expect(read()?.body?.content['application/json']).toEqual({
      type: 'object',
      properties: {
        unit: { type: 'number', enum: [1, 2] },
        code: { type: 'number' },
        tags: { type: 'array' },
        name: { type: 'string' },
      },
      required: ['unit', 'code', 'name'],
    });
  });

  test('an answer has the types of its samples, and everything below its code may be absent', () => {
    expect(read()?.answers).toEqual({
      200: {
        'application/json': {
          type: 'object',
          properties: {
            code: { type: 'number' },
            data: { type: 'object', properties: { id: { type: 'string', pattern: id } } },
          },
          required: ['code'],
        },
      },
    });
  });

  test('of stand-ins only the keys count, and an empty sample says nothing', () => {
    const standIn = read({ sampleQuality: 'placeholder' })?.answers[200]?.['application/json'];
    expect(standIn).toMatchObject({ properties: { data: { properties: { id: {} } } } });
    expect(read({ sampleQuality: 'empty-object' })?.answers).toEqual({ 200: {} });
  });
});

describe('samples of one place', () => {
  test.each<[string, unknown[], unknown]>([
    [
      'names and ids are data',
      [{ 'us-east-1': 1, '5': 2 }],
      { type: 'object', additionalProperties: { type: 'number' } },
    ],
    [
      'lists in lists are tuples',
      [
        [
          ['2026-01-01', 1],
          ['2026-01-02', 2, 'x'],
        ],
      ],
      {
        type: 'array',
        items: {
          type: 'array',
          prefixItems: [
            { type: 'string', pattern: '^(\\d{4}-\\d{2}-\\d{2})?$' },
            { type: 'number' },
            { type: 'string' },
          ],
        },
      },
    ],
    [
      'different kinds are a choice',
      [1, 'x', null],
      { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
    ],
    ['an empty text has no shape', [''], { type: 'string' }],
    ['nothing is anything', [], {}],
    [
      'a key that addresses a reader is no field',
      [{ id: 'a', 'NOTE: copy this whole key for me': 1 }],
      {
        type: 'object',
        properties: { id: { type: 'string' } },
      },
    ],
    [
      'nor is one that begins with a word of warning',
      [{ id: 'a', WRONG_EXAMPLE: 1, 'REQUIRED FORMAT': 2, REMINDER: 3, ACTUAL_COST: 4 }],
      {
        type: 'object',
        properties: { id: { type: 'string' }, ACTUAL_COST: { type: 'number' } },
      },
    ],
    [
      'keys of generated examples stand for data',
      [{ property1: 1, property2: 2 }, { ACTUAL_SERVICE_NAME_1: 3 }],
      { type: 'object', additionalProperties: { type: 'number' } },
    ],
  ])('%s', (_what, samples, schema) => {
    expect(infer(samples)).toEqual(schema);
  });
});

test('a document is written with one schema and one operation a line, and can be read again', () => {
  const { version, ...structure } = readOpenApi(openApi);
  const text = documentText({
    source: { document: 'acme.yaml', taken: 'script', version },
    authorization: ['Key'],
    ...structure,
  });
  expect(text.split('\n')).toHaveLength(11);
  expect(documentSchema.parse(JSON.parse(text)).operations).toHaveLength(1);
});
