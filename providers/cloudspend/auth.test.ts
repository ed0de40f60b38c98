import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, plainSession } from '../../test/support/session.ts';
import { fingerprint, lifetimeOf, readMint } from './auth.ts';
import { cloudspend } from './manifest.ts';
import { displayCurrencyRequest } from './requests.ts';

const reply = (status: number, text: string) => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, headers: {}, text, json };
};
const minute = 60_000;

describe('how long a token lives', () => {
  test.each([
    [3600, 60 * minute],
    ['3600', 60 * minute],
    [3_600_000, 60 * minute],
    ['3600000', 60 * minute],
    [600, 10 * minute],
    [90_000, 90_000],
    [0, minute],
    [-5, minute],
    [undefined, 60 * minute],
    [null, 60 * minute],
    ['', 60 * minute],
    ['soon', 60 * minute],
  ])('expires_in %s', (expiresIn, expected) => {
    expect(lifetimeOf(expiresIn)).toBe(expected);
  });
});

describe('the token answer is judged by its body', () => {
  const denied = '{"error_description":"You have made too many requests","error":"Access Denied","status":"failure"}';
  test.each([
    ['a refresh at 200', 200, '{"access_token":"1000.a","expires_in":3600}', 'granted'],
    ['the throttle as a 400', 400, denied, 'throttled'],
    ['the throttle as a 200', 200, denied, 'throttled'],
    ['the throttle in another language', 400, '{"error":"Zugriff verweigert","status":"failure"}', 'throttled'],
    ['the throttle as a page', 200, '<html><h1>Access Denied: Maximum request limit reached</h1>', 'throttled'],
    ['the throttle as a page in another language', 400, '<html><h1>Zu viele Anfragen</h1>', 'throttled'],
    ['a wrong client', 200, '{"error":"invalid_client"}', 'refused'],
    ['a wrong secret', 400, '{"error":"invalid_client_secret"}', 'refused'],
    ['a revoked refresh token', 200, '{"error":"invalid_code"}', 'refused'],
    ['an error that is not known', 200, '{"error":"server_busy"}', 'unreadable'],
    ['a token that no header could carry', 200, '{"access_token":"a\\r\\nb"}', 'unreadable'],
    ['an empty token', 200, '{"access_token":""}', 'unreadable'],
    ['a sign-in page', 200, '<html>Please sign in</html>', 'unreadable'],
    ['nothing', 200, '', 'unreadable'],
    ['a list', 200, '[]', 'unreadable'],
    ['a server error', 500, 'Internal Server Error', 'unreadable'],
  ])('%s', (_name, status, text, kind) => {
    expect(readMint(reply(status, text)).kind).toBe(kind);
  });

  test('a throttle pauses for ten minutes and a refusal says what to check', () => {
    expect(readMint(reply(400, denied))).toMatchObject({ pauseMs: 10 * minute });
    expect(readMint(reply(200, '{"error":"invalid_code"}'))).toMatchObject({
      public: expect.stringContaining('CLOUDSPEND_REFRESH_TOKEN'),
    });
  });
});

test('the owner is equal for equal refresh tokens, differs for others, and holds neither', () => {
  expect(fingerprint('1000.abc')).toBe(fingerprint('1000.abc'));
  expect(fingerprint('1000.abc')).not.toBe(fingerprint('1000.abd'));
  expect(fingerprint('1000.abc')).toMatch(/^[0-9a-f]{16}$/);
});

describe('against the accounts server', () => {
  const start = async (more: Record<string, string> = {}) => {
    const clock = new VirtualClock();
    const sandbox = await cloudspend.sandbox({ clock });
    const connector = connectTo(cloudspend, sandbox, more);
    const { credentials } = connector;
    if (credentials.kind !== 'token') throw new TypeError('tokens are expected');
    const ask = async () => {
      const request = credentials.mint();
      const answer = await fetch(`${connector.origins[request.origin ?? 'api']}${request.path}`, {
        method: request.method,
        body: new URLSearchParams(request.form?.map(([name, value]) => [name, value])),
      });
      return credentials.readMint(reply(answer.status, await answer.text()));
    };
    const currency = async (token: string) =>
      (await fetch(`${sandbox.url}${displayCurrencyRequest().path}`, { headers: credentials.headers(token) })).status;
    return { clock, sandbox, connector, ask, currency };
  };
  const token = (reading: Awaited<ReturnType<Awaited<ReturnType<typeof start>>['ask']>>): string =>
    reading.kind === 'granted' ? reading.accessToken : '';

  test('a token opens the API for an hour', async () => {
    const { ask, currency, clock, sandbox } = await start();
    const granted = await ask();
    expect(granted).toMatchObject({ kind: 'granted', lifetimeMs: 60 * minute });
    expect(await currency(token(granted))).toBe(200);
    clock.jump(60 * minute);
    expect(await currency(token(granted))).toBe(401);
    expect(sandbox.calls.every((call) => call.query === '')).toBe(true);
    await sandbox.close();
  });

  test('the eleventh request in ten minutes is denied, and asking again prolongs it', async () => {
    const { ask, clock, sandbox } = await start();
    for (let request = 0; request < 10; request += 1) expect((await ask()).kind).toBe('granted');
    expect((await ask()).kind).toBe('throttled');
    clock.jump(9 * minute);
    expect((await ask()).kind).toBe('throttled');
    clock.jump(9 * minute);
    expect((await ask()).kind).toBe('throttled');
    clock.jump(10 * minute);
    expect((await ask()).kind).toBe('granted');
    await sandbox.close();
  });

  test('an eleventh live token pushes out the oldest', async () => {
    const { ask, currency, clock, sandbox } = await start();
    const first = token(await ask());
    const second = token(await ask());
    for (let more = 0; more < 8; more += 1) await ask();
    clock.jump(10 * minute);
    expect(await currency(first)).toBe(200);
    await ask();
    expect(await currency(first)).toBe(401);
    expect(await currency(second)).toBe(200);
    await sandbox.close();
  });

  test.each([
    [{ clientId: 'other' }, 'does not know the client'],
    [{ clientSecret: 'other' }, 'client secret'],
    [{ refreshToken: 'other' }, 'refresh token'],
  ])('%o is refused in words', async (wrong, sentence) => {
    const { ask, sandbox } = await start(wrong);
    expect(await ask()).toMatchObject({ kind: 'refused', public: expect.stringContaining(sentence) });
    await sandbox.close();
  });

  test('a revoked refresh token gives no more tokens, and its live ones are gone', async () => {
    const { ask, currency, sandbox } = await start();
    const live = token(await ask());
    await fetch(`${sandbox.url}/oauth/v2/token/revoke?token=${sandbox.settings.refreshToken}`, { method: 'POST' });
    expect(await currency(live)).toBe(401);
    expect((await ask()).kind).toBe('refused');
    await sandbox.close();
  });

  test('a throttled token endpoint is told as one', async () => {
    const { ask, sandbox } = await start();
    sandbox.faults.set([{ path: '/oauth', kind: 'throttle', status: 200 }]);
    expect((await ask()).kind).toBe('throttled');
    await sandbox.close();
  });

  test('tokens that were dropped are a rejected credential, which the middle renews', async () => {
    const { connector, clock, sandbox } = await start();
    const session = plainSession(connector, clock);
    await session.call(displayCurrencyRequest());
    sandbox.faults.set([{ kind: 'invalidate-tokens', times: 1 }]);
    await expect(session.call(displayCurrencyRequest())).rejects.toMatchObject({ kind: 'credentials-rejected' });
    await sandbox.close();
  });
});
