import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConnectRig,
  consoleCode,
  decide,
  enterCode,
  registration,
  startConnectRig,
} from '../../../../test/support/connect-rig.ts';

let rig: ConnectRig;
beforeEach(async () => {
  rig = await startConnectRig();
});
afterEach(() => rig.close());

const client = { client_id: registration.clientId, client_secret: registration.clientSecret };
const post = async (path: string, form: Readonly<Record<string, string>>): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${rig.us.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
  const text = await answer.text();
  return text.startsWith('{') ? JSON.parse(text) : { status: answer.status, text };
};
const exchange = (form: Readonly<Record<string, string>>) =>
  post('/oauth/v2/token', { ...client, grant_type: 'authorization_code', ...form });

const redirectUri = 'http://127.0.0.1:1/callback';
const authorization = (more: Readonly<Record<string, string>> = {}): string => {
  const url = new URL(`${rig.us.url}/oauth/v2/auth`);
  const query = {
    client_id: registration.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'CloudSpend.Internal.Read',
    access_type: 'offline',
    ...more,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};
const codeOf = async (more: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await decide(authorization(more), 'accept')).searchParams.get('code') ?? 'none';

describe('codes', () => {
  it('are valid once', async () => {
    const code = await consoleCode(rig.us.url);
    expect(await exchange({ code })).toHaveProperty('refresh_token');
    expect(await exchange({ code })).toEqual({ error: 'invalid_code' });
  });

  it('need the redirect URI and the verifier that they were asked for with', async () => {
    const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const token = { redirect_uri: redirectUri, code_verifier: verifier };
    expect(await exchange({ ...token, code: await codeOf(challenge) })).toHaveProperty('refresh_token');
    const elsewhere = { ...token, redirect_uri: 'http://127.0.0.1:2/callback' };
    expect(await exchange({ ...elsewhere, code: await codeOf(challenge) })).toEqual({ error: 'invalid_redirect_uri' });
    const guessed = { ...token, code_verifier: 'guessed' };
    expect(await exchange({ ...guessed, code: await codeOf(challenge) })).toEqual({ error: 'invalid_code' });
    const without = { redirect_uri: redirectUri };
    expect(await exchange({ ...without, code: await codeOf(challenge) })).toEqual({ error: 'invalid_code' });
  });

  it('bring no refresh token without offline access', async () => {
    const code = await codeOf({ access_type: 'online' });
    const answer = await exchange({ redirect_uri: redirectUri, code });
    expect(answer).toHaveProperty('access_token');
    expect(answer).not.toHaveProperty('refresh_token');
  });

  it('are refused from the eleventh in ten minutes on', async () => {
    for (let count = 0; count < 10; count += 1) expect(await codeOf()).not.toBe('none');
    expect((await decide(authorization(), 'accept')).searchParams.get('error')).toBe('access_denied');
    await rig.clock.advance(600_000);
    expect(await codeOf()).not.toBe('none');
  });

  it.each([
    ['Invalid Client', { client_id: 'unknown' }],
    ['Invalid response type', { response_type: 'token' }],
    ['Invalid OAuth scope', { scope: 'CloudSpend.Internal.Everything' }],
    ['Invalid Redirect Uri', { redirect_uri: 'https://elsewhere.example/' }],
  ])('are not asked for: %s', async (words, more) => {
    expect(await (await fetch(authorization(more))).text()).toContain(words);
  });
});

describe('tokens', () => {
  it('end with the twenty-first refresh token of a client, the oldest first', async () => {
    for (let count = 0; count < 19; count += 1) await exchange({ code: await consoleCode(rig.us.url) });
    expect(rig.accounts.tokens.knows(registration.refreshToken)).toBe(true);
    await exchange({ code: await consoleCode(rig.us.url) });
    expect(rig.accounts.tokens.knows(registration.refreshToken)).toBe(false);
  });

  it('are lent for client credentials, without a refresh token', async () => {
    const form = { ...client, grant_type: 'client_credentials', scope: 'CloudSpend.Internal.Read' };
    const answer = await post('/oauth/v2/token', form);
    expect(answer).toHaveProperty('access_token');
    expect(answer).not.toHaveProperty('refresh_token');
  });

  it('end with the one that is revoked, whichever of the two', async () => {
    const { refresh_token: refreshToken, access_token: accessToken } = await exchange({
      code: await consoleCode(rig.us.url),
    });
    const answer = await fetch(`${rig.us.url}/oauth/v2/token/revoke?token=${String(accessToken)}`, { method: 'POST' });
    expect(await answer.json()).toEqual({ status: 'success' });
    expect(rig.accounts.tokens.knows(String(refreshToken))).toBe(false);
  });
});

describe('devices', () => {
  const begin = () =>
    post('/oauth/v3/device/code', { ...client, grant_type: 'device_request', scope: 'CloudSpend.Internal.Read' });
  const poll = (code: unknown) =>
    post('/oauth/v3/device/token', { ...client, grant_type: 'device_token', code: String(code) });

  it('are told to slow down when they ask again within five seconds', async () => {
    const { device_code: code } = await begin();
    expect(await poll(code)).toEqual({ error: 'authorization_pending' });
    expect(await poll(code)).toEqual({ error: 'slow_down' });
    await rig.clock.advance(5_000);
    expect(await poll(code)).toEqual({ error: 'authorization_pending' });
  });

  it('get their token once', async () => {
    const { device_code: code, user_code: shown } = await begin();
    await enterCode(rig.us.url, String(shown), 'accept');
    expect(await poll(code)).toHaveProperty('refresh_token');
    expect(await poll(code)).toEqual({ error: 'invalid_code' });
  });

  it('are refused from the thirty-first code in ten minutes on', async () => {
    for (let count = 0; count < 30; count += 1) expect(await begin()).toHaveProperty('device_code');
    expect(await begin()).toEqual({ error: 'access_denied' });
  });
});
