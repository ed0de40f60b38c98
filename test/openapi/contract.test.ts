import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildDocument } from '../../openapi/document.ts';
import { defineOperation, toy } from '../server/operation/toy-operations.ts';
import { type Exchange, openContract } from './contract.ts';

const row = z.strictObject({ id: z.string().regex(/^r\d$/) }).meta({ id: 'JudgedRow' });
const read = defineOperation({
  ...toy,
  id: 'read',
  path: '/v1/rows/{id}',
  params: z.strictObject({ id: z.string() }),
  answers: {
    200: {
      description: 'Rows.',
      schema: z.strictObject({ data: z.array(row), page: z.string() }),
      alsoAs: ['application/x-ndjson'],
    },
  },
  handle: () => ({}),
});
const contract = openContract(buildDocument([read]));

const good: Exchange = {
  method: 'GET',
  url: '/v1/rows/a%2Fb?x=1',
  status: 200,
  headers: {
    'x-request-id': 'id',
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    age: '0',
  },
  body: '{"data":[{"id":"r1"}],"page":"p"}',
};
const lines: Exchange = {
  ...good,
  headers: { ...good.headers, 'content-type': 'application/x-ndjson' },
  body: '{"id":"r1"}\n{"id":"r2"}\n{"page":"p"}\n',
};
const problem: Exchange = {
  ...good,
  status: 400,
  headers: { 'x-request-id': 'id', 'cache-control': 'no-store', 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    type: '/problems/invalid-request',
    title: 'x',
    status: 400,
    detail: 'x',
    instance: '/',
    requestId: 'id',
  }),
};
const unknownPath: Exchange = {
  ...problem,
  url: '/v1/nothing',
  status: 404,
  body: problem.body.replace('invalid-request', 'not-found').replace('400', '404'),
};

describe('an answer that the document allows', () => {
  it.each(Object.entries({ good, lines, problem, unknownPath, head: { ...good, method: 'HEAD', body: '' } }))(
    'has no fault: %s',
    (_name, exchange) => {
      expect(contract.faultsOf(exchange)).toEqual([]);
    },
  );
});

describe('an answer that the document does not allow', () => {
  const without = (name: string) => Object.fromEntries(Object.entries(good.headers).filter(([key]) => key !== name));
  it.each([
    ['the id of the request is missing', { ...good, headers: without('x-request-id') }, /no X-Request-Id/],
    ['a due header is missing', { ...good, headers: without('cache-control') }, /Cache-Control is not there/],
    ['a header is a stranger', { ...good, headers: { ...good.headers, 'x-new': '1' } }, /x-new is not documented/],
    ['a header is malformed', { ...good, headers: { ...good.headers, age: '-1' } }, /Age is -1/],
    ['the status is a stranger', { ...good, status: 418 }, /418 is not documented/],
    [
      'the media type is a stranger',
      { ...good, headers: { ...good.headers, 'content-type': 'text/html' } },
      /text\/html/,
    ],
    ['a field is unknown', { ...good, body: '{"data":[],"page":"p","more":1}' }, /more/],
    ['a field is missing', { ...good, body: '{"data":[]}' }, /page/],
    ['a text does not fit', { ...good, body: '{"data":[{"id":"q"}],"page":"p"}' }, /data\.0\.id/],
    ['a line does not fit', { ...lines, body: '{"id":"q"}\n{"page":"p"}\n' }, /data\.0\.id/],
    ['a problem is of a kind of another status', { ...problem, body: unknownPath.body }, /type/],
    ['an unknown path has no problem', { ...unknownPath, headers: good.headers }, /no problem/],
    ['an unknown path succeeds', { ...good, url: '/v1/nothing' }, /200 where nothing is documented/],
    ['HEAD has a body', { ...good, method: 'HEAD' }, /HEAD has a body/],
  ])('has a fault where %s', (_name, exchange, fault) => {
    expect(contract.faultsOf(exchange).join('\n')).toMatch(fault);
  });
});
