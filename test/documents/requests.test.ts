import { describe, expect, test } from 'vitest';
import type { SentRequest } from '../../src/vendor/upstream/transport/sent.ts';
import { open, post, request } from './judge-rig.ts';

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
