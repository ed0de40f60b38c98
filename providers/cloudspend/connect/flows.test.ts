import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectOutcome } from '../../../src/vendor/kit/index.ts';
import { Failure } from '../../../src/vendor/kit/index.ts';
import {
  browse,
  type ConnectRig,
  consoleCode,
  decide,
  registration,
  startConnectRig,
} from '../../../test/support/connect-rig.ts';
import { connectingOver } from './connecting.ts';

const token = '/oauth/v2/token';
let rig: ConnectRig;
beforeEach(async () => {
  rig = await startConnectRig();
});
afterEach(async () => {
  const shown = [...rig.told, ...rig.visited].join('\n');
  for (const secret of [registration.clientSecret, registration.refreshToken]) expect(shown).not.toContain(secret);
  await rig.close();
});

const run = (
  flow: string,
  answers: Readonly<Record<string, string>> = {},
  visit?: (url: string) => void,
): Promise<ConnectOutcome> => {
  const found = connectingOver(rig.serverOf).flows.find(({ id }) => id === flow);
  if (found === undefined) throw new TypeError(`no flow is called ${flow}`);
  return found.run(rig.operator(answers, visit));
};
const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const thrown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Failure) return thrown;
  throw new TypeError('nothing was refused');
};
const publicOf = async (work: Promise<unknown>): Promise<string> => (await failureOf(work)).details.public;

/** The refresh token works at the accounts server, and the API knows the scopes of its access token. */
const scopesGranted = (outcome: ConnectOutcome): string[] => {
  if (outcome.kind !== 'granted') throw new TypeError('nothing was granted');
  const answer = rig.accounts.tokens.refresh(outcome.credential.reveal());
  const access = String(Reflect.get(Object(answer.json), 'access_token'));
  return [...(rig.accounts.tokens.scopesOf(`Zoho-oauthtoken ${access}`) ?? [])].sort();
};
const accepting = (url: string): void => {
  browse(url, 'accept').catch(() => undefined);
};
const used = ['CloudSpend.Internal.Create', 'CloudSpend.Internal.Read'];

describe('the self client', () => {
  it('exchanges its code by one token request', async () => {
    const outcome = await run('self-client', { code: await consoleCode(rig.us.url) });
    expect(scopesGranted(outcome)).toEqual(['CloudSpend.Internal.Read']);
    expect(outcome).toMatchObject({
      environment: 'CLOUDSPEND_REFRESH_TOKEN',
      settings: { CLOUDSPEND_CLIENT_ID: registration.clientId, CLOUDSPEND_DATA_CENTER: 'us' },
    });
    expect(rig.posts(token)).toBe(1);
    expect(rig.us.calls.map(({ query }) => query)).toEqual(['']);
  });

  it('says that a code has expired after two minutes', async () => {
    const code = await consoleCode(rig.us.url);
    await rig.clock.advance(120_000);
    expect(await publicOf(run('self-client', { code }))).toContain('it has expired, was used before');
    expect(rig.posts(token)).toBe(1);
  });

  it.each([
    ['client-id', 'Zoho does not know this client'],
    ['client-secret', 'Zoho refused the client secret'],
    ['code', 'Zoho refused the code or token'],
  ])('says what to do about a wrong %s', async (name, sentence) => {
    const code = await consoleCode(rig.us.url);
    expect(await publicOf(run('self-client', { code, [name]: 'wrong' }))).toContain(sentence);
  });

  it('asks once and says to wait ten minutes when it is throttled', async () => {
    rig.us.faults.set([{ path: token, kind: 'throttle' }]);
    const failure = await failureOf(run('self-client', { code: 'c' }));
    expect(failure.kind).toBe('vendor-throttled');
    expect(failure.details.public).toContain('Wait 10 minutes');
    expect(rig.posts(token)).toBe(1);
  });

  it.each([
    ['a page in any language', 400, '<html>Zu viele Anfragen</html>', 'Wait 10 minutes'],
    ['a refusal with a success status', 200, '{"error":"Access Denied"}', 'Wait 10 minutes'],
    ['an unheard-of error', 200, '{"error":"made_up"}', 'that its documents do not name (made_up)'],
    ['an error with text in it', 200, '{"error":"<b>secret</b>"}', 'that its documents do not name.'],
    ['the page of a proxy', 200, '<html>Sign in</html>', 'whether a proxy stands in between'],
    ['an access token alone', 200, '{"access_token":"a"}', 'gave an access token but no refresh token'],
    ['neither token nor error', 200, '{}', 'without a token and without an error'],
    ['a fault of its own', 503, '{}', 'failed to answer (HTTP 503)'],
  ])('classifies the answer by its body: %s', async (_name, status, body, sentence) => {
    rig.us.faults.set([{ path: token, kind: 'body', status, body, contentType: 'text/plain' }]);
    expect(await publicOf(run('self-client', { code: 'c' }))).toContain(sentence);
    expect(rig.posts(token)).toBe(1);
  });

  it('needs the accounts server of a data centre whose own is not documented', async () => {
    const failure = await failureOf(run('self-client', { 'data-center': 'cn', code: 'c' }));
    expect(failure.kind).toBe('invalid-request');
    expect(failure.details.public).toContain('CLOUDSPEND_ACCOUNTS_URL');
    const stated = { 'data-center': 'cn', 'accounts-url': `${rig.us.url}/`, code: await consoleCode(rig.us.url) };
    expect(await run('self-client', stated)).toMatchObject({
      settings: { CLOUDSPEND_DATA_CENTER: 'cn', CLOUDSPEND_ACCOUNTS_URL: rig.us.url },
    });
  });
});

describe.each([
  ['server', '/oauth/v2/auth'],
  ['instance', '/oauth/v2/org/auth'],
])('the flow %s', (flow, path) => {
  it('brings a token with the scopes that the gateway uses, by one token request', async () => {
    expect(scopesGranted(await run(flow, {}, accepting))).toEqual(used);
    expect(rig.posts(token)).toBe(1);
    const url = new URL(rig.visited[0] ?? '');
    expect(url.origin + url.pathname).toBe(rig.us.url + path);
    expect(url.searchParams.get('access_type')).toBe('offline');
    expect(url.searchParams.get('scope')?.split(',').sort()).toEqual(used);
  });

  it('asks for other scopes', async () => {
    const scopes = 'CloudSpend.Internal.Update,CloudSpend.Internal.Delete';
    expect(scopesGranted(await run(flow, { scopes }, accepting))).toEqual(scopes.split(',').sort());
  });

  it('makes no token request after a refused consent', async () => {
    const refusing = (url: string) => void browse(url, 'reject').catch(() => undefined);
    expect(await publicOf(run(flow, {}, refusing))).toContain('The consent was refused');
    expect(rig.posts(token)).toBe(0);
  });

  it('refuses a browser with another state, and still takes the right one', async () => {
    const pages: string[] = [];
    const visit = async (url: string): Promise<void> => {
      const right = await decide(url, 'accept');
      const wrong = new URL(right);
      wrong.searchParams.set('state', 'of-somebody-else');
      wrong.searchParams.set('code', 'of-somebody-else');
      pages.push(await (await fetch(wrong)).text());
      expect(rig.posts(token)).toBe(0);
      wrong.searchParams.delete('state');
      pages.push(await (await fetch(wrong)).text());
      pages.push(await (await fetch(right)).text());
    };
    const outcome = await run(flow, {}, (url) => void visit(url).catch((cause) => pages.push(String(cause))));
    expect(scopesGranted(outcome)).toEqual(used);
    expect(pages.map((page) => /<h1>(.*)<\/h1>/.exec(page)?.[1])).toEqual([
      'This is not the answer',
      'This is not the answer',
      'Done',
    ]);
    expect(rig.told.filter((sentence) => sentence.includes('does not belong to this run'))).toHaveLength(2);
  });

  it('exchanges the code where the account is', async () => {
    rig.accounts.home = { location: 'eu', server: rig.eu.url };
    const outcome = await run(flow, {}, accepting);
    expect(outcome).toMatchObject({ settings: { CLOUDSPEND_DATA_CENTER: 'eu' } });
    expect([rig.us, rig.eu].map(({ calls }) => calls.filter((call) => call.path === token).length)).toEqual([0, 1]);
  });

  it.each([
    ['a server that is not the one of the data centre', 'eu', 'https://accounts.zoho.example'],
    ['a data centre without CloudSpend', 'ca', 'https://accounts.zohocloud.ca'],
  ])('sends the client secret to nobody else: %s', async (_name, location, server) => {
    rig.accounts.home = { location, server };
    expect((await failureOf(run(flow, {}, accepting))).kind).toBe('permission-missing');
    expect(rig.posts(token)).toBe(0);
  });

  it('says that the code has expired', async () => {
    const late = async (url: string): Promise<void> => {
      const back = await decide(url, 'accept');
      await rig.clock.advance(120_000);
      await fetch(back);
    };
    expect(await publicOf(run(flow, {}, (url) => void late(url).catch(() => undefined)))).toContain('it has expired');
  });
});

describe('the server flow', () => {
  it('proves with PKCE that it is the one that asked', async () => {
    await run('server', {}, accepting);
    const { searchParams } = new URL(rig.visited[0] ?? '');
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get('prompt')).toBe('consent');
  });

  it('gives up when nobody comes back for a quarter of an hour', async () => {
    const late = () => void rig.clock.advance(900_000);
    expect(await publicOf(run('server', {}, late))).toContain('Nobody came back');
  });
});

describe('the enhancement of scopes', () => {
  it('adds them to the refresh token that there is', async () => {
    const first = await run('self-client', { code: await consoleCode(rig.us.url) });
    const refreshToken = first.kind === 'granted' ? first.credential.reveal() : '';
    const scopes = 'CloudSpend.Internal.Create';
    const outcome = await run('enhance', { 'refresh-token': refreshToken, scopes }, accepting);
    expect(outcome).toMatchObject({ kind: 'done' });
    expect(scopesGranted(first)).toEqual(used);
    expect(rig.visited.join()).not.toContain(refreshToken);
  });

  it('changes nothing where the person refuses', async () => {
    const refusing = (url: string) => void browse(url, 'reject').catch(() => undefined);
    expect(await publicOf(run('enhance', {}, refusing))).toContain('The consent was refused');
  });

  it('opens no page for a refresh token that Zoho does not know', async () => {
    expect(await publicOf(run('enhance', { 'refresh-token': 'unknown' }))).toContain('was revoked');
    expect(rig.visited).toEqual([]);
  });
});

describe('the revocation', () => {
  it('ends the refresh token', async () => {
    expect(await run('revoke')).toMatchObject({ kind: 'done' });
    expect(rig.accounts.tokens.knows(registration.refreshToken)).toBe(false);
    expect(rig.posts('/oauth/v2/token/revoke')).toBe(1);
  });

  it('says that a token was none', async () => {
    expect(await publicOf(run('revoke', { 'refresh-token': 'unknown' }))).toContain('Zoho refused the code or token');
  });
});
