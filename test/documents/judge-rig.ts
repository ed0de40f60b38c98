import type { Operation, VendorDocument } from '../../src/vendor/document/document.ts';
import type { SandboxAnswer } from '../../src/vendor/sandbox/answered.ts';
import type { SentRequest } from '../../src/vendor/upstream/transport/sent.ts';
import type { DocumentException } from './described.ts';
import { createJudge, type Judge } from './judge.ts';

/** A vendor with two dialects, and what is sent to it and answered by it. */

export const text = { type: 'string' };
export const base = { parameters: [], headers: [], authorised: true };
export const json = (schema: Record<string, unknown>) => ({ 'application/json': schema });

const operations: Operation[] = [
  {
    ...base,
    id: 'listCosts',
    method: 'GET',
    path: '/costs/{account}',
    headers: ['x-key'],
    parameters: [
      { name: 'account', in: 'path', required: true, schema: { type: 'integer' } },
      { name: 'from', in: 'query', required: true, schema: { ...text, format: 'date-time' } },
      { name: 'by', in: 'query', required: false, schema: { type: 'array', items: { enum: ['service', 'region'] } } },
      { name: 'names', in: 'query', required: false, schema: { type: 'boolean' } },
      { name: 'range', in: 'query', required: false, schema: {}, json: { type: 'object', properties: { a: text } } },
    ],
    answers: { 200: json({ type: 'object', properties: { total: { type: 'number' } }, required: ['total'] }), 404: {} },
  },
  { ...base, id: 'all', method: 'GET', path: '/costs/all', answers: { 200: {} } },
  {
    ...base,
    id: 'create',
    method: 'POST',
    path: '/budgets',
    body: { required: true, content: json({ type: 'object', properties: { name: text }, required: ['name'] }) },
    answers: { 201: {} },
  },
  { ...base, id: 'mint', method: 'POST', path: '/token', authorised: false, answers: { 200: {} } },
];
export const documentOf = (list: Operation[]): VendorDocument => ({
  source: { document: 'acme.yaml', taken: 'hand' },
  authorization: ['Key'],
  answers: {},
  schemas: {},
  operations: list,
});
const old: Operation = {
  ...base,
  id: 'list',
  method: 'GET',
  path: '/costs/{account}',
  parameters: [
    { name: 'account', in: 'path', required: true, schema: {} },
    { name: 'page', in: 'query', required: true, schema: {} },
  ],
  answers: { 200: {} },
};

export const open = (exceptions: readonly DocumentException[] = []): Judge =>
  createJudge([
    {
      provider: 'acme',
      exceptions,
      documents: [
        { dialect: 'new', read: () => documentOf(operations) },
        { dialect: 'old', read: () => documentOf([old]) },
      ],
    },
  ]);

export const request = (more: Partial<SentRequest> = {}): SentRequest => ({
  provider: 'acme',
  method: 'GET',
  path: '/costs/7',
  query: [['from', '2026-11-01T00:00:00Z']],
  headers: { authorization: 'Key' },
  body: null,
  ...more,
});
export const post = (body: string | null, headers: Record<string, string> = {}) =>
  request({
    method: 'POST',
    path: '/budgets',
    query: [],
    headers: { authorization: 'Key', 'content-type': 'application/json', ...headers },
    body,
  });
export const answer = (
  more: Partial<SandboxAnswer> = {},
  asked: Partial<SandboxAnswer['request']> = {},
): SandboxAnswer => ({
  provider: 'acme',
  dialect: 'new',
  variant: null,
  request: { method: 'GET', path: '/costs/7', query: [], contentType: null, body: '', ...asked },
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: '{"total":1.5}',
  ...more,
});
