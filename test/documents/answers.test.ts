import { describe, expect, test } from 'vitest';
import type { SandboxAnswer } from '../../src/vendor/sandbox/answered.ts';
import type { DocumentException } from './described.ts';
import { createJudge } from './judge.ts';
import { answer, base, documentOf, json, open, request, text } from './judge-rig.ts';

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

  test('of a variant excuses that variant', () => {
    const judge = open([{ ...exception, variant: /\bsparse\b/ }]);
    expect(judge.answer({ ...wrong, variant: 'old sparse' })).toEqual([]);
  });

  test.each<[string, Partial<DocumentException>]>([
    ['side', { on: 'request' }],
    ['operation', { operations: ['create'] }],
    ['status', { statuses: [201] }],
    ['dialect', { dialect: 'old' }],
    ['variant', { variant: /sparse/ }],
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
