import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { nestsTooDeep } from '../../../src/vendor/upstream/depth.ts';
import { failureOf, kindOf, openRig } from './rig.ts';
import { type Handler, json, status } from './vendor-stub.ts';

const text =
  (body: string | Buffer, contentType: string, code = 200): Handler =>
  (_request, response) => {
    response.writeHead(code, contentType === '' ? {} : { 'content-type': contentType });
    response.end(body);
  };

describe('what a status means', () => {
  test.each([
    [400, 'vendor-rejected', 1],
    [405, 'vendor-rejected', 1],
    [409, 'vendor-rejected', 1],
    [413, 'vendor-rejected', 1],
    [422, 'vendor-rejected', 1],
    [401, 'credentials-rejected', 1],
    [403, 'permission-missing', 1],
    [404, 'vendor-not-found', 1],
    [410, 'vendor-not-found', 1],
    [408, 'vendor-timeout', 3],
    [500, 'vendor-unavailable', 3],
    [502, 'vendor-unavailable', 3],
    [503, 'vendor-unavailable', 3],
    [504, 'vendor-unavailable', 3],
    [418, 'vendor-unavailable', 3],
  ])('%i is %s after %i calls, in our words only (A3–A8)', async (code, kind, calls) => {
    const rig = await openRig();
    rig.stub.answer(status(code));
    const failure = await failureOf(rig.get());
    expect(failure.kind).toBe(kind);
    expect(rig.stub.seen).toHaveLength(calls);
    expect(`${failure.details.public}${failure.message}`).not.toContain('secret vendor text');
    expect(failure.details.public).toContain(String(code));
  });

  test.each([
    ['204', status(204, '')],
    ['200 without a body', text('', 'application/json')],
    ['200 of white space', text('  \n', 'application/json')],
    ['a login page', text('<html>Please sign in</html>', 'text/html')],
    ['a JSON prefix', text('{"costs":[1,2', 'application/json')],
    ['JSON with a tail', text('{} {}', 'application/json')],
  ])('%s where JSON is due is malformed, after three calls (A10, A11)', async (_name, handler) => {
    const rig = await openRig();
    rig.stub.answer(handler);
    expect(await kindOf(rig.get())).toBe('vendor-malformed');
    expect(rig.stub.seen).toHaveLength(3);
  });

  test('204 to a write is an answer', async () => {
    const rig = await openRig();
    rig.stub.answer(status(204, ''));
    expect(await rig.post()).toMatchObject({ status: 204, json: undefined });
  });

  test('a request without credentials gets any answer as it is', async () => {
    const rig = await openRig({ readFailure: () => new Failure('vendor-rejected', { public: 'never asked' }) });
    rig.stub.answer(status(400, 'Access Denied'));
    expect(await rig.post({ credentials: 'none' })).toMatchObject({ status: 400, text: 'Access Denied' });
    expect(rig.stub.seen[0]?.headers.authorization).toBeUndefined();
    rig.stub.answer((_request, response) => json(response, 200, { access_token: 'x' }));
    expect((await rig.post({ credentials: 'none' })).json).toEqual({ access_token: 'x' });
  });

  test('the vendor’s own words come before the status (C12)', async () => {
    const rig = await openRig({
      readFailure: (reply) =>
        JSON.stringify(reply.json).includes('LIMIT') ? new Failure('vendor-rejected', { public: 'ours' }) : null,
    });
    rig.stub.answer((_request, response) => json(response, 200, { code: 'LIMIT' }));
    expect(await kindOf(rig.get())).toBe('vendor-rejected');
    rig.stub.answer((_request, response) => json(response, 500, { code: 'LIMIT' }));
    expect(await kindOf(rig.get())).toBe('vendor-rejected');
    expect(rig.stub.seen).toHaveLength(2);
  });
});

test('a throttle told in the vendor’s words lasts as long as its header says', async () => {
  const words = new Failure('vendor-throttled', { public: 'ours' });
  const rig = await openRig({ readFailure: () => words });
  rig.stub.answer(status(429, '', { 'retry-after': '600' }));
  expect((await failureOf(rig.get())).details).toMatchObject({ public: 'ours', retryAfterMs: 600_000 });
  const timed = new Failure('vendor-throttled', { public: 'ours', retryAfterMs: 900_000 });
  const other = await openRig({ readFailure: () => timed });
  other.stub.answer(status(429, '', { 'retry-after': '600' }));
  expect((await failureOf(other.get())).details.retryAfterMs).toBe(900_000);
});

describe('reading JSON', () => {
  test('whatever the content type calls it', async () => {
    const rig = await openRig();
    rig.stub.answer(text(' [1]', 'text/plain'));
    expect((await rig.get()).json).toEqual([1]);
    rig.stub.answer(text('"x"', 'application/problem+json; charset=utf-8'));
    expect((await rig.get()).json).toBe('x');
  });

  test.each([
    ['a byte order mark', Buffer.from('\ufeff{"a":"ü"}'), 'application/json'],
    ['UTF-16, little end first', Buffer.from('\ufeff{"a":"ü"}', 'utf16le'), 'application/json'],
    ['UTF-16, big end first', Buffer.from('\ufeff{"a":"ü"}', 'utf16le').swap16(), 'application/json'],
    ['Latin-1 that says so', Buffer.from('{"a":"ü"}', 'latin1'), 'application/json; charset=ISO-8859-1'],
    ['a charset of its own', Buffer.from('{"a":"ü"}'), 'application/json; charset=klingon'],
  ])('%s (C10)', async (_name, body, contentType) => {
    const rig = await openRig();
    rig.stub.answer(text(body, contentType));
    expect((await rig.get()).json).toEqual({ a: 'ü' });
  });

  test('lone surrogates, duplicate keys and names of the prototype are plain data (C9, C10)', async () => {
    const rig = await openRig();
    rig.stub.answer(text('{"__proto__":{"x":1},"constructor":2,"a":1,"a":2,"s":"\\ud800"}', 'application/json'));
    const { json: read } = await rig.get();
    expect(JSON.stringify(read)).toBe('{"__proto__":{"x":1},"constructor":2,"a":2,"s":"\\ud800"}');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('a hundred thousand levels are refused, a million elements are read (C10)', async () => {
    const rig = await openRig();
    rig.stub.answer(text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json'));
    expect(await kindOf(rig.get())).toBe('vendor-malformed');
    rig.stub.answer(text(`[${'1,'.repeat(999_999)}1]`, 'application/json'));
    expect((await rig.get()).json).toHaveLength(1_000_000);
  });

  test('brackets inside texts are not levels', () => {
    expect(nestsTooDeep(`["${'['.repeat(500)}\\"${'{'.repeat(500)}"]`)).toBe(false);
    expect(nestsTooDeep('['.repeat(200))).toBe(false);
    expect(nestsTooDeep('['.repeat(201))).toBe(true);
    expect(nestsTooDeep('[{}],'.repeat(10_000))).toBe(false);
  });
});
