import { describe, expect, test } from 'vitest';
import type { SandboxAnswer } from '../../src/vendor/sandbox/answered.ts';
import type { SentRequest } from '../../src/vendor/upstream/transport/sent.ts';
import type { DocumentException } from './described.ts';
import type { Operation, VendorDocument } from './document.ts';
import { createJudge } from './judge.ts';

const text = { type: 'string' };
const base = { parameters: [], headers: [], authorised: true };
const json = (schema: Record<string, unknown>) => ({ 'application/json': schema });

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
const documentOf = (list: Operation[]): VendorDocument => ({
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

const open = (exceptions: readonly DocumentException[] = []) =>
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

const request = (more: Partial<SentRequest> = {}): SentRequest => ({
  provider: 'acme',
  method: 'GET',
  path: '/costs/7',
  query: [['from', '2026-11-01T00:00:00Z']],
  headers: { authorization: 'Key' },
  body: null,
  ...more,
});
const post = (body: string | null, headers: Record<string, string> = {}) =>
  request({
    method: 'POST',
    path: '/budgets',
    query: [],
    headers: { authorization: 'Key', 'content-type': 'application/json', ...headers },
    body,
  });
const answer = (more: Partial<SandboxAnswer> = {}, asked: Partial<SandboxAnswer['request']> = {}): SandboxAnswer => ({
  provider: 'acme',
  dialect: 'new',
  request: { method: 'GET', path: '/costs/7', query: [], contentType: null, body: '', ...asked },
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: '{"total":1.5}',
  ...more,
});

const from = ['from', '2026-11-01T00:00:00Z'] as const;

describe('a request', () => {
  test('that the document describes contradicts nothing', () => {
    const judge = open();
    const query = [from, ['by', 'service'], ['by', 'region'], ['names', 'true'], ['range', '{"a":"b"}']] as const;
    expect(judge.request(request({ query, headers: { authorization: 'Key', 'x-key': 'k', accept: '*/*' } }))).toEqual(
      [],
    );
    expect(judge.request(post('{"name":"n"}'))).toEqual([]);
    expect(judge.request(request({ method: 'POST', path: '/token', query: [], headers: {} }))).toEqual([]);
    expect(judge.tally.requests).toEqual({ 'acme/new': 3 });
  });

  test.each<[string, SentRequest, string]>([
    [
      'an operation',
      request({ path: '/nowhere' }),
      'path must be an operation of the document [operation], but is GET /nowhere',
    ],
    ['a path parameter', request({ path: '/costs/x' }), 'path.account must be integer [type], but is "x"'],
    ['a missing parameter', request({ query: [] }), 'query.from must be present [required], but is absent'],
    [
      'an unknown parameter',
      request({ query: [from, ['to', '1']] }),
      'query.to must be absent [undocumented], but is "1"',
    ],
    [
      'the format of a parameter',
      request({ query: [['from', '1']] }),
      'query.from must be an RFC 3339 timestamp [format], but is "1"',
    ],
    [
      'a value of a repeated parameter',
      request({ query: [from, ['by', 'day']] }),
      'query.by[] must be one of "service", "region" [enum], but is "day"',
    ],
    [
      'a parameter that repeats',
      request({ query: [from, from] }),
      'query.from must be once [parameter], but is several times',
    ],
    [
      'the type of a parameter',
      request({ query: [from, ['names', '1']] }),
      'query.names must be boolean [type], but is "1"',
    ],
    [
      'JSON in a parameter',
      request({ query: [from, ['range', '{"b":1}']] }),
      'query.range.b must be absent [undocumented], but is 1',
    ],
    [
      'a parameter that is no JSON',
      request({ query: [from, ['range', '{']] }),
      'query.range must be JSON [type], but is {',
    ],
    [
      'a header',
      request({ headers: { authorization: 'Key', 'x-other': '1' } }),
      'header.x-other must be absent [header], but is present',
    ],
    [
      'the scheme of the credential',
      request({ headers: { authorization: 'Bearer' } }),
      'header.authorization must be Key [header], but is scheme "Bearer"',
    ],
    ['a missing credential', request({ headers: {} }), 'header.authorization must be Key [header], but is absent'],
    [
      'a credential where none belongs',
      request({ method: 'POST', path: '/token', query: [] }),
      'header.authorization must be absent [header], but is present',
    ],
    ['a missing body', post(null), 'body must be present [required], but is absent'],
    ['a body', post('{"name":1}'), 'body.name must be string [type], but is 1'],
    ['a body that is no JSON', post('name'), 'body must be JSON [type], but is name'],
    [
      'the type of a body',
      post('name=n', { 'content-type': 'text/plain' }),
      'body must be application/json [content], but is text/plain',
    ],
    ['a body where none belongs', request({ body: '{}' }), 'body must be absent [undocumented], but is {}'],
  ])('is held to %s', (_what, sent, sentence) => {
    const found = open().request(sent);
    expect(found).toHaveLength(1);
    expect(found[0]?.sentence).toMatch(/^acme request, [\w ]+ \(new\): /);
    expect(found[0]?.sentence.replace(/^.*?\): /, '')).toBe(sentence);
  });

  test('is read in the dialect that it fits', () => {
    const judge = open();
    expect(judge.request(request({ query: [['page', '1']] }))).toEqual([]);
    expect(judge.tally.requests).toEqual({ 'acme/old': 1 });
  });

  test('of a vendor that is no registered provider is left alone', () => {
    const judge = open();
    expect(judge.request(request({ provider: 'toy', path: '/nowhere' }))).toEqual([]);
    expect(judge.tally.requests).toEqual({});
  });

  test('a literal path comes before one with a parameter', () => {
    expect(open().request(request({ path: '/costs/all', query: [] }))).toEqual([]);
  });
});

describe('an answer of a sandbox', () => {
  test('that the document describes contradicts nothing', () => {
    const judge = open();
    expect(judge.answer(answer())).toEqual([]);
    expect(judge.answer(answer({ status: 404, contentType: 'text/plain', body: 'gone' }))).toEqual([]);
    expect(judge.tally.answers).toEqual({ 'acme/new': 2 });
  });

  test.each<[string, SandboxAnswer, string]>([
    [
      'an operation',
      answer({}, { path: '/x' }),
      'path must be an operation of the document [operation], but is GET /x',
    ],
    ['a status', answer({ status: 418 }), 'status must be one of 200, 404 [status], but is 418'],
    ['a type', answer({ contentType: 'text/html' }), 'body must be application/json [content], but is text/html'],
    ['a body', answer({ body: '{"total":"1"}' }), 'body.total must be number [type], but is "1"'],
  ])('is held to %s', (_what, given, sentence) => {
    expect(
      open()
        .answer(given)
        .map((each) => each.sentence.replace(/^.*?\): /, '')),
    ).toEqual([sentence]);
  });

  test('may refuse what no document names', () => {
    expect(open().answer(answer({ status: 404 }, { path: '/nowhere' }))).toEqual([]);
  });

  test('to a request that tests made by themselves says nothing of that request', () => {
    expect(open().answer(answer({}, { query: [['whatever', '1']] }))).toEqual([]);
  });

  test('to a request that the gateway made shows that it is one of the dialect spoken there', () => {
    const judge = open();
    expect(judge.request(request({ query: [['page', '1']] }))).toEqual([]);
    const found = judge.answer(answer({}, { query: [['page', '1']] })).map((each) => each.key);
    expect(found).toEqual([
      'acme request, listCosts (new): query.page must be absent [undocumented]',
      'acme request, listCosts (new): query.from must be present [required]',
    ]);
  });
});

describe('an exception', () => {
  const exception: DocumentException = {
    name: 'totals-are-texts',
    reason: 'seen',
    on: 'answer',
    operations: ['listCosts'],
    rule: 'type',
    at: /^body\.total$/,
    found: /^"/,
  };
  const wrong = answer({ body: '{"total":"1"}' });

  test('excuses what it names, and is counted', () => {
    const judge = open([exception]);
    expect(judge.answer(wrong)).toEqual([]);
    expect(judge.tally.exceptions).toEqual({ 'acme/totals-are-texts': 1 });
  });

  test.each<[string, Partial<DocumentException>]>([
    ['side', { on: 'request' }],
    ['operation', { operations: ['create'] }],
    ['status', { statuses: [201] }],
    ['dialect', { dialect: 'old' }],
    ['rule', { rule: 'enum' }],
    ['place', { at: /^body\.sum$/ }],
    ['value', { found: /^true$/ }],
  ])('excuses nothing of another %s', (_what, more) => {
    const judge = open([{ ...exception, ...more }]);
    expect(judge.answer(wrong)).toHaveLength(1);
    expect(judge.tally.exceptions).toEqual({});
  });
});

test('a page of equal rows is one contradiction', () => {
  const list = documentOf([
    { ...base, id: 'rows', method: 'GET', path: '/rows', answers: { 200: json({ type: 'array', items: text }) } },
  ]);
  const judge = createJudge([{ provider: 'acme', exceptions: [], documents: [{ dialect: 'new', read: () => list }] }]);
  const found = judge.answer(answer({ body: JSON.stringify([1, 2, 3]) }, { path: '/rows' }));
  expect(found.map((each) => each.sentence)).toEqual([
    'acme sandbox answer, rows 200 (new): body[] must be string [type], but is 3',
  ]);
});
