import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildDocument, documentText } from '../../openapi/document.ts';
import { isJsonObject, type Json } from '../../openapi/json.ts';
import { failureKinds } from '../../src/domain/failure/failure.ts';
import { moneySchema } from '../../src/domain/money.ts';
import { choice, commaList, freeText, many, one, wholeNumber } from '../../src/server/operation/parameters.ts';
import { create, defineOperation, remove, toy } from '../server/operation/toy-operations.ts';

const row = z
  .strictObject({
    start: z.iso.date().meta({ examples: ['2026-11-01'] }),
    cost: moneySchema,
    kind: z.string().default('x'),
  })
  .meta({ id: 'ToyRow' });
const list = defineOperation({
  ...toy,
  id: 'listRows',
  path: '/v1/rows/{id}',
  tag: 'Costs',
  params: z.strictObject({ id: z.string().meta({ description: 'Which.', example: 'a:b' }) }),
  query: z.strictObject({
    limit: one(wholeNumber({ min: 1, max: 1000 }))
      .default(100)
      .describe('Rows on a page.'),
    groupBy: commaList(choice(['service', 'region']), 4)
      .meta({ description: 'By what.', example: ['service'] })
      .optional(),
    service: many(freeText({ max: 9 }).meta({ description: 'Only this.', examples: ['S3'] })).optional(),
    needed: one(choice(['a', 'b'])),
  }),
  answers: {
    200: {
      description: 'The rows.',
      schema: z.strictObject({ data: z.array(row) }),
      example: { data: [] },
      alsoAs: ['text/csv'],
    },
  },
  problems: ['vendor-timeout', 'vendor-throttled', 'cursor-expired'],
  handle: () => ({ json: { data: [] } }),
});
const write = defineOperation({
  ...toy,
  id: 'writeRow',
  method: 'POST',
  path: '/v1/rows',
  scope: 'write',
  body: row,
  answers: { 201: { description: 'Written.', schema: row } },
  problems: ['idempotency-conflict', 'idempotency-mismatch'],
  handle: () => ({ status: 201, json: {} }),
});
const health = defineOperation({
  ...toy,
  id: 'ready',
  path: '/health/ready',
  scope: null,
  answers: {
    200: { description: 'Ready.' },
    503: { description: 'Not ready.', schema: z.object({ ready: z.boolean() }) },
  },
  handle: () => ({ json: {} }),
});

const document = buildDocument([list, write, create, remove, health]);

const at = (...path: string[]): Json => {
  let value: Json = JSON.parse(documentText(document));
  for (const name of path) {
    const next: Json | undefined = Array.isArray(value)
      ? value[Number(name)]
      : isJsonObject(value)
        ? value[name]
        : undefined;
    if (next === undefined) throw new TypeError(`the document has no ${path.join(' → ')}`);
    const reference = isJsonObject(next) ? next.$ref : undefined;
    // Schemas stay as they are written; what else is shared is followed.
    value =
      typeof reference === 'string' && !reference.includes('/schemas/') && name !== path.at(-1)
        ? at(...reference.slice(2).split('/'))
        : next;
  }
  return value;
};
const everyReference = (value: Json): string[] => {
  if (Array.isArray(value)) return value.flatMap(everyReference);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === '$ref' && typeof item === 'string' ? [item] : everyReference(item),
  );
};

describe('the document', () => {
  it('is OpenAPI 3.1 with what every reader looks for', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toMatchObject({ title: 'cost-gateway', version: expect.stringMatching(/^\d/) });
    expect(document.servers).toEqual([{ url: '/', description: 'This gateway.' }]);
    expect(document.tags.map((tag) => tag.name)).toEqual(['Costs', 'Gateway']);
    expect(Object.keys(document.paths)).toEqual([
      '/v1/rows/{id}',
      '/v1/rows',
      '/v1/toys',
      '/v1/toys/{id}',
      '/health/ready',
    ]);
  });

  it('is the same text every time', () => {
    const again = buildDocument([list, write, create, remove, health]);
    expect(documentText(again)).toBe(documentText(document));
  });

  it('has no reference that leads nowhere, and no leftover of another dialect', () => {
    const references = everyReference(at());
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\//);
      expect(() => at(...reference.slice(2).split('/')), reference).not.toThrow();
    }
    expect(documentText(document)).not.toMatch(/\$schema|\$defs/);
  });

  it('shows each query parameter as it is written in a URL', () => {
    const parameters = at('paths', '/v1/rows/{id}', 'get', 'parameters');
    expect(parameters).toEqual([
      { name: 'id', in: 'path', required: true, description: 'Which.', example: 'a:b', schema: { type: 'string' } },
      {
        name: 'limit',
        in: 'query',
        required: false,
        description: 'Rows on a page.',
        schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
      },
      {
        name: 'groupBy',
        in: 'query',
        required: false,
        description: 'By what.',
        example: ['service'],
        style: 'form',
        explode: false,
        schema: { type: 'array', items: { type: 'string', enum: ['service', 'region'] }, maxItems: 4 },
      },
      {
        name: 'service',
        in: 'query',
        required: false,
        description: 'Only this.',
        example: ['S3'],
        style: 'form',
        explode: true,
        schema: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 9 } },
      },
      { name: 'needed', in: 'query', required: true, schema: { type: 'string', enum: ['a', 'b'] } },
      { $ref: '#/components/parameters/RequestId' },
      { $ref: '#/components/parameters/Deadline' },
      { $ref: '#/components/parameters/IfNoneMatch' },
      { $ref: '#/components/parameters/CacheControl' },
    ]);
  });

  it('refuses a query parameter that does not say how it is written', () => {
    const bad = defineOperation({ ...toy, query: z.strictObject({ a: z.array(z.string()) }), handle: () => ({}) });
    expect(() => buildDocument([bad])).toThrow('must be made with one, many or commaList');
  });

  it('refuses a tag that nobody described', () => {
    const bad = defineOperation({ ...toy, tag: 'Odds and ends', handle: () => ({}) });
    expect(() => buildDocument([bad])).toThrow('describe the tag Odds and ends in openapi/tags.ts');
  });

  it('shows answers with schema, example and other types', () => {
    expect(at('paths', '/v1/rows/{id}', 'get', 'responses', '200', 'content')).toMatchObject({
      'application/json': { example: { data: [] } },
      'text/csv': { schema: { type: 'string' } },
    });
    expect(at('components', 'schemas', 'Money', 'type')).toBe('object');
    expect(at('paths', '/v1/rows', 'post', 'responses', '201', 'headers')).toHaveProperty('Location');
  });

  it('tells a schema as it is sent from the same as it is answered, where they differ', () => {
    expect(at('components', 'schemas', 'ToyRow', 'required')).toEqual(['start', 'cost', 'kind']);
    expect(at('components', 'schemas', 'ToyRowInput', 'required')).toEqual(['start', 'cost']);
    expect(at('paths', '/v1/rows', 'post', 'requestBody', 'content', 'application/json', 'schema')).toEqual({
      $ref: '#/components/schemas/ToyRowInput',
    });
    expect(at('paths', '/v1/rows', 'post', 'requestBody', 'required')).toBe(true);
  });

  it('refuses two schemas of one name', () => {
    const other = z.strictObject({ a: z.string() }).meta({ id: 'ToyRow2' });
    const clash = z.strictObject({ b: z.string() }).meta({ id: 'ToyRow2' });
    const one = defineOperation({ ...toy, answers: { 200: { description: 'a', schema: other } }, handle: () => ({}) });
    const two = defineOperation({
      ...toy,
      path: '/b',
      answers: { 200: { description: 'b', schema: clash } },
      handle: () => ({}),
    });
    expect(() => buildDocument([one, two])).toThrow('ToyRow2');
  });

  it('groups the problems of an operation by status, and names their kinds', () => {
    const responses = at('paths', '/v1/rows/{id}', 'get', 'responses');
    expect(Object.keys(isJsonObject(responses) ? responses : {})).toEqual([
      '200',
      '304',
      '400',
      '401',
      '403',
      '406',
      '410',
      '429',
      '500',
      '503',
      '504',
    ]);
    const schema = ['content', 'application/problem+json', 'schema', 'allOf', '1', 'properties', 'type', 'enum'];
    expect(at('paths', '/v1/rows/{id}', 'get', 'responses', '429', ...schema)).toEqual([
      '/problems/rate-limited',
      '/problems/vendor-throttled',
    ]);
    expect(at('paths', '/v1/rows/{id}', 'get', 'responses', '429', 'headers')).toHaveProperty('Retry-After');
    expect(at('paths', '/v1/rows/{id}', 'get', 'responses', '401', 'headers')).toHaveProperty('WWW-Authenticate');
    expect(at('components', 'schemas', 'Problem', 'properties', 'type', 'enum')).toHaveLength(failureKinds.length);
  });

  it('joins an answer and a problem of one status', () => {
    const content = at('paths', '/health/ready', 'get', 'responses', '503', 'content');
    expect(Object.keys(isJsonObject(content) ? content : {})).toEqual(['application/json', 'application/problem+json']);
  });

  it('asks for a credential except where everybody may call', () => {
    expect(at('paths', '/v1/rows', 'post', 'security')).toEqual([{ bearer: [] }, { apiKey: [] }]);
    expect(at('paths', '/v1/rows', 'post', 'x-scope')).toBe('write');
    expect(at('paths', '/health/ready', 'get', 'security')).toEqual([]);
    const open = at('paths', '/health/ready', 'get', 'responses');
    expect(Object.keys(isJsonObject(open) ? open : {})).toEqual(['200', '400', '406', '500', '503']);
  });

  it('offers an idempotency key where one is honoured', () => {
    const key = { $ref: '#/components/parameters/IdempotencyKey' };
    expect(at('paths', '/v1/rows', 'post', 'parameters')).toContainEqual(key);
    expect(at('paths', '/v1/toys', 'post', 'parameters')).not.toContainEqual(key);
  });
});
