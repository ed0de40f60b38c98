import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/vendor/kit/index.ts';
import { pauseOf, printable, readFailure } from './failures.ts';
import { accessTokenRequest, displayCurrencyRequest, sankeyRequest } from './requests.ts';

const request = sankeyRequest({ start_date: '2026-01-01', end_date: '2026-01-01' });
const read = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readFailure({ status, headers, text, json: typeof body === 'string' ? undefined : body }, request);
};
const minute = 60_000;
const rolling = (message: string) => ({
  error: { status_code: 400, title: 'URL_ROLLING_THROTTLES_LIMIT_EXCEEDED', details: { message } },
});

describe('what is a success', () => {
  test.each([
    ['code 0', { message: 'success', data: {}, code: 0 }],
    ['code 0 as text', { message: 'success', data: {}, code: '0' }],
    ['data without a code', { data: { data: [] } }],
    ['data with a status of its own', { message: 'created', data: {}, status: 'SUCCESS' }],
    ['a bare list', [{ currency: 'CAD' }]],
    ['an empty object, whose reading decides', {}],
  ])('%s', (_name, body) => {
    expect(read(200, body)).toBeNull();
  });

  test('the accounts server is none of its business', () => {
    const mint = accessTokenRequest('id', new Secret('secret'), new Secret('token'));
    const denied = { error: 'Access Denied' };
    expect(readFailure({ status: 400, headers: {}, text: '', json: denied }, mint)).toBeNull();
  });
});

describe('what is a failure, whatever the status', () => {
  test.each([
    [
      'the documented 401',
      401,
      { message: 'Unauthorized', error: 'Invalid authentication', code: 401 },
      'credentials-rejected',
    ],
    ['a 401 without JSON', 401, 'nope', 'credentials-rejected'],
    ['401 in the body of a 200', 200, { message: 'Unauthorized', code: 401 }, 'credentials-rejected'],
    ['INVALID_OAUTHTOKEN in a 400', 400, { code: 'INVALID_OAUTHTOKEN' }, 'credentials-rejected'],
    [
      'INVALID_TOKEN in a 200',
      200,
      { code: 'INVALID_TOKEN', message: 'invalid oauth token', status: 'error' },
      'credentials-rejected',
    ],
    ['AUTHENTICATION_FAILURE as the message', 200, { message: 'AUTHENTICATION_FAILURE' }, 'credentials-rejected'],
    ['INVALID_OAUTHTOKEN outside of JSON', 403, '<response>INVALID_OAUTHTOKEN</response>', 'credentials-rejected'],
    [
      'the documented 403',
      403,
      { message: 'Forbidden', error: 'Insufficient permissions', code: 403 },
      'permission-missing',
    ],
    ['a 403 without JSON', 403, 'nope', 'permission-missing'],
    ['a scope mismatch in a 401', 401, { code: 'OAUTH_SCOPE_MISMATCH' }, 'permission-missing'],
    ['404', 404, { message: 'Not Found', error: 'not found', code: 404 }, 'vendor-not-found'],
    ['400', 400, { message: 'Bad Request', error: 'Invalid parameter format', code: 400 }, 'vendor-rejected'],
    ['code 1', 400, { message: 'Invalid JSONString parameter format', code: 1 }, 'vendor-rejected'],
    [
      'code 1001 in a 200',
      200,
      { message: 'Permission boundary is assigned', code: 1001, data: {} },
      'vendor-rejected',
    ],
    [
      'an error_code',
      200,
      { message: 'Invalid', error_code: 'INVALID_TAG_CRITERIA', status: 'ERROR' },
      'vendor-rejected',
    ],
    ['an error with nothing else', 200, { error: 'unexpected' }, 'vendor-rejected'],
    ['500 in the body of a 200', 200, { message: 'Internal Server Error', code: 500 }, 'vendor-unavailable'],
    ['429 in the body of a 200', 200, { message: 'Too many', code: 429 }, 'vendor-throttled'],
    ['a page at 200', 200, '<html>Please sign in</html>', 'vendor-malformed'],
    ['nothing at 200', 200, '', 'vendor-malformed'],
  ])('%s', (_name, status, body, kind) => {
    expect(read(status, body)?.kind).toBe(kind);
  });

  test.each([[500], [502], [503], [429], [302], [408]])('%i is left to its status', (status) => {
    expect(read(status, { message: 'whatever', code: status })).toBeNull();
    expect(read(status, 'whatever')).toBeNull();
  });

  test.each([[400], [200]])('the rolling throttle at %i locks the operation for the stated minutes', (status) => {
    const failure = read(status, rolling('Cannot execute more than 100 requests. Try again after 7 minutes.'));
    expect(failure).toMatchObject({
      kind: 'vendor-throttled',
      details: { retryAfterMs: 7 * minute, pauses: 'operation' },
    });
  });

  test.each([
    ['Try again after 7 minutes.', undefined, 7 * minute],
    ['Try again after 1 hour.', undefined, 60 * minute],
    ['Bitte später', undefined, 22 * minute],
    ['Bitte später', '90', 90_000],
    ['Try again after 7 minutes.', '900', 15 * minute],
    ['Try again after 0 minutes.', 'soon', 22 * minute],
    ['Try again after 999999 hours.', undefined, 24 * 60 * minute],
  ])('%s with Retry-After %s waits %i ms', (sentence, header, expected) => {
    expect(pauseOf(sentence, header)).toBe(expected);
  });

  test('a missing permission names the scope', () => {
    expect(read(403, {})?.details.public).toContain('CloudSpend.Internal.Read');
  });

  test('vendor text is quoted short and printable', () => {
    const failure = read(400, { code: 1, message: `bad\r\n\u001b[31m${'x'.repeat(5000)}` });
    expect(failure?.details.public).toMatch(/^CloudSpend refused [^:]+: bad \[31mx+$/);
    expect(failure?.details.public.length).toBeLessThan(400);
    expect(printable('a\u0000b\u2028c')).toBe('a b c');
  });

  test('every request names an operation of the catalogue', () => {
    expect(displayCurrencyRequest().operation).toBe('get-current-display-currency-setting');
  });
});
