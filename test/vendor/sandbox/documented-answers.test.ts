import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { documentedAnswers } from '../../../src/vendor/sandbox/documented-answers.ts';
import type { SandboxRequest } from '../../../src/vendor/sandbox/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'documented-'));
afterAll(() => rmSync(folder, { recursive: true }));

const json = (schema: object) => ({ 'application/json': schema });
const operation = (method: string, path: string, answers: object) => ({
  id: `${method} ${path}`,
  method,
  path,
  answers,
});
const file = join(folder, 'vendor.json');
writeFileSync(
  file,
  JSON.stringify({
    source: { document: 'a page', taken: 'hand' },
    authorization: [''],
    schemas: { Thing: { type: 'object', properties: { name: { type: 'string' } } } },
    operations: [
      operation('GET', '/v2/things/{thing_id}', { 200: json({ $ref: '#/schemas/Thing' }) }),
      operation('GET', '/v2/things/newest', { 400: json({}), 201: json({ enum: ['newest'] }) }),
      operation('DELETE', '/v2/things/{thing_id}', { 204: {} }),
      operation('PUT', '/v2/things/{thing_id}', { 200: {} }),
    ],
  }),
);

const request = (method: string, path: string): SandboxRequest => ({
  method,
  path,
  params: {},
  query: new URLSearchParams(),
  headers: {},
  body: '',
  url: 'http://127.0.0.1',
});

describe('answers from the document of a vendor', () => {
  const answer = documentedAnswers({ document: pathToFileURL(file), example: { values: { name: 'a disk' } } });

  it('are examples of the schema, with the values that were given', () => {
    expect(answer(request('GET', '/v2/things/7'))).toEqual({ status: 200, json: { name: 'a disk' } });
  });

  it('have the status of a success, of the operation whose path fits best', () => {
    expect(answer(request('GET', '/v2/things/newest'))).toEqual({ status: 201, json: 'newest' });
  });

  it('have no body where the document has none', () => {
    expect(answer(request('DELETE', '/v2/things/7'))).toEqual({ status: 204 });
  });

  it('are absent for what no document describes', () => {
    expect(answer(request('POST', '/v2/things/7'))).toBeNull();
    expect(answer(request('GET', '/v2/things/7/parts'))).toBeNull();
  });

  it('are what the vendor makes of the operation, the request and the example', () => {
    const own = documentedAnswers({
      document: pathToFileURL(file),
      reply: ({ operation: { id }, request: { path }, example }) => ({ json: [id, path, example] }),
    });
    expect(own(request('DELETE', '/v2/things/7'))?.json).toEqual([
      'DELETE /v2/things/{thing_id}',
      '/v2/things/7',
      { status: 204 },
    ]);
    expect(own(request('POST', '/v2/things/7'))).toBeNull();
  });

  it('are an empty object where a success has no body that is described', () => {
    expect(answer(request('PUT', '/v2/things/7'))).toEqual({ status: 200, json: {} });
  });
});
