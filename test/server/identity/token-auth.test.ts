import { createHash, createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Consumer } from '../../../src/domain/consumer.ts';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { callerHeaders, type KeyEntry } from '../../../src/server/identity/caller-auth.ts';
import { identity, type Proofs } from '../../../src/server/identity/identity.ts';
import { silentLog } from '../../../src/telemetry/log.ts';
import { type ToyApi, toyApi } from '../operation/toy-api.ts';
import { echo } from '../operation/toy-operations.ts';
import { Issuer } from './issuer.ts';

let issuer: Issuer;
beforeEach(async () => {
  issuer = new Issuer();
  await issuer.addKey('one');
});

const identify = (oidc: Partial<Proofs['oidc']> = {}, keys: Proofs['keys'] = null) =>
  identity(
    {
      keys,
      oidc: { issuer: issuer.url, audience: 'gateway', jwksUrl: `${issuer.url}/keys`, connectionsClaim: null, ...oidc },
    },
    { clock: issuer.clock, log: silentLog, read: issuer.read },
  );
type Identify = ReturnType<typeof identify>;

const bearer = (token: string) => new Map([['authorization', [`Bearer ${token}`]]]);
const outcome = (authenticate: Identify, token: string): Promise<Consumer | string> =>
  authenticate(bearer(token)).catch((error: unknown) => (error instanceof Failure ? error.kind : String(error)));
const nameOf = async (authenticate: Identify, token: string): Promise<string> => {
  const who = await outcome(authenticate, token);
  return typeof who === 'string' ? who : who.name;
};

describe('a good token', () => {
  it('says who calls and what it may do', async () => {
    const token = await issuer.token({ scope: 'read openid native:read write-all', sub: 'ann' });
    expect(await outcome(identify(), token)).toEqual({
      name: 'ann',
      scopes: new Set(['read', 'native:read']),
      connections: null,
    });
  });

  it.each([
    [{ scope: undefined, scp: 'read write' }, ['read', 'write']],
    [{ scope: undefined, scp: ['read', 'admin', 7] }, ['read', 'admin']],
    [{ scope: 'read', scp: ['admin'] }, ['read']],
    [{ scope: '', scp: ['admin'] }, []],
    [{ scope: undefined }, []],
    [{ scope: { read: true } }, []],
    [{ scope: 'read,write' }, []],
  ])('has its scopes in scope, else in scp: %j', async (claims, scopes) => {
    expect(await outcome(identify(), await issuer.token(claims))).toMatchObject({ scopes: new Set(scopes) });
  });

  it.each([
    [{ teams: ['elastic', 'east'] }, ['elastic', 'east']],
    [{ teams: 'elastic east' }, ['elastic', 'east']],
    [{ teams: [] }, []],
    [{ teams: null }, []],
    [{ teams: { elastic: true } }, []],
    [{}, []],
  ])('sees the connections of its claim, and none without one: %j', async (claims, connections) => {
    const who = await outcome(identify({ connectionsClaim: 'teams' }), await issuer.token(claims));
    expect(who).toMatchObject({ connections: new Set(connections) });
  });

  it('does not take a claim from where every object has one', async () => {
    const who = await outcome(identify({ connectionsClaim: 'constructor' }), await issuer.token());
    expect(who).toMatchObject({ connections: new Set() });
  });

  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('may be signed with %s', async (algorithm) => {
    await issuer.addKey('other', algorithm);
    expect(await nameOf(identify(), await issuer.token({}, { kid: 'other' }))).toBe('ann');
  });

  it('may be one of several audiences, and be sent as X-Api-Key', async () => {
    const token = await issuer.token({ aud: ['other', 'gateway'] });
    expect((await identify()(new Map([['x-api-key', [token]]]))).name).toBe('ann');
  });

  it('works until the second in which it expires', async () => {
    const token = await issuer.token({ exp: issuer.seconds + 10 });
    const authenticate = identify();
    await issuer.clock.advance(9_999);
    expect(await nameOf(authenticate, token)).toBe('ann');
    await issuer.clock.advance(1);
    expect(await nameOf(authenticate, token)).toBe('unauthenticated');
  });
});

describe('a token that is refused', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = () => ({ iss: issuer.url, aud: 'gateway', sub: 'ann', scope: 'read', exp: issuer.seconds + 300 });

  it.each([
    ['no expiry', { exp: undefined }],
    ['an expiry that is no number', { exp: 'later' }],
    ['a start that lies ahead', { nbf: 2_000_000_000 }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['an empty subject', { sub: '' }],
    ['a subject that is no text', { sub: 7 }],
    ['a subject of any length', { sub: 'x'.repeat(257) }],
  ])('has %s', async (_name, wrong) => {
    expect(await nameOf(identify(), await issuer.token(wrong))).toBe('unauthenticated');
  });

  it('is not signed at all', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const head = `${part({ alg })}.${part(claims())}`;
      for (const token of [`${head}.`, `${head}.eA`, head]) {
        expect(await nameOf(identify(), token)).toBe('unauthenticated');
      }
    }
  });

  it('is signed with the public key as if it were a secret', async () => {
    await issuer.addKey('rsa', 'RS256');
    const published = issuer.keys.find((key) => key.kid === 'rsa') ?? {};
    const key = await importJWK({ ...published, ext: true }, 'RS256');
    if (key instanceof Uint8Array) throw new TypeError('a public key is no secret');
    const head = `${part({ alg: 'HS256', kid: 'rsa' })}.${part(claims())}`;
    for (const secret of [await exportSPKI(key), JSON.stringify(published), published.n ?? '']) {
      const token = `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
      expect(await nameOf(identify(), token)).toBe('unauthenticated');
    }
  });

  it('is signed in a way that is not on the list, though its key is published', async () => {
    for (const algorithm of ['RS512', 'ES384', 'PS384']) {
      await issuer.addKey(algorithm, algorithm);
      expect(await nameOf(identify(), await issuer.token({}, { kid: algorithm }))).toBe('unauthenticated');
    }
  });

  it('brings its own key, or says where one is, which nobody looks at', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    const traps = [
      { jwk: { kty: jwk.kty ?? '', crv: jwk.crv ?? '', x: jwk.x ?? '', y: jwk.y ?? '' } },
      { jku: 'https://evil.example/keys' },
      { x5u: 'https://evil.example/chain' },
      { jku: 'http://169.254.169.254/', kid: 'two' },
      { kid: '../../etc/passwd' },
      { kid: "' OR 1=1 --" },
      { kid: 'https://evil.example/keys' },
    ];
    for (const trap of traps) {
      const token = await new SignJWT(claims())
        .setProtectedHeader({ alg: 'ES256', kid: 'one', ...trap })
        .sign(privateKey);
      expect(await nameOf(identify(), token), JSON.stringify(trap)).toBe('unauthenticated');
    }
    expect(new Set(issuer.asked)).toEqual(new Set([`${issuer.url}/keys`]));
  });

  it('is longer than 8 kilobytes, however good', async () => {
    expect(await nameOf(identify(), await issuer.token({ more: 'x'.repeat(5_000) }))).toBe('ann');
    issuer.asked.length = 0;
    expect(await nameOf(identify(), await issuer.token({ more: 'x'.repeat(8_000) }))).toBe('unauthenticated');
    expect(await nameOf(identify(), 'x'.repeat(100_000))).toBe('unauthenticated');
    expect(issuer.asked).toEqual([]);
  });

  it('was altered in any part', async () => {
    const token = await issuer.token();
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = await issuer.token({ scope: 'admin' });
    const authenticate = identify();
    for (const altered of [
      `${head}.${other.split('.')[1]}.${signature}`,
      `${head}.${body}.${other.split('.')[2]}`,
      `${part({ alg: 'ES256' })}.${body}.${signature}`,
      `${token}x`,
      `${token}.${signature}`,
      `x.${token}`,
    ]) {
      expect(await nameOf(authenticate, altered)).toBe('unauthenticated');
    }
    expect(await nameOf(authenticate, token)).toBe('ann');
  });

  it('needs a rule that the gateway does not know', async () => {
    const [, body = '', signature = ''] = (await issuer.token()).split('.');
    const unknown = `${part({ alg: 'ES256', kid: 'one', crit: ['rule'], rule: 1 })}.${body}.${signature}`;
    expect(await nameOf(identify(), unknown)).toBe('unauthenticated');
  });
});

describe('keys and tokens side by side', () => {
  const digestOf = (key: string) => createHash('sha256').update(key).digest('hex');
  const keys: KeyEntry[] = [
    { name: 'dashboard', digest: digestOf('opaque'), scopes: ['read'] },
    { name: 'job', digest: digestOf('looks.like.one'), scopes: ['read'] },
  ];

  it('an opaque credential is looked for among the keys only, and nothing is asked of the issuer', async () => {
    const authenticate = identify({}, keys);
    expect(await nameOf(authenticate, 'opaque')).toBe('dashboard');
    expect(await nameOf(authenticate, 'unknown')).toBe('unauthenticated');
    expect(issuer.asked).toEqual([]);
  });

  it('what looks like a token is one, or else a key', async () => {
    const authenticate = identify({}, keys);
    expect(await nameOf(authenticate, await issuer.token())).toBe('ann');
    expect(await nameOf(authenticate, 'looks.like.one')).toBe('job');
  });

  it('no token is taken for the consumer of a key', async () => {
    expect(await nameOf(identify({}, keys), await issuer.token({ sub: 'dashboard' }))).toBe('unauthenticated');
  });

  it('without tokens a good token is nothing, and without either everybody is welcome', async () => {
    const options = { clock: issuer.clock, log: silentLog, read: issuer.read };
    expect(await nameOf(identity({ keys, oidc: null }, options), await issuer.token())).toBe('unauthenticated');
    expect(await nameOf(identity({ keys: null, oidc: null }, options), 'whatever')).toBe('anonymous');
  });
});

describe('a request with a token', () => {
  let api: ToyApi;

  it('that is refused is the same 401 for every reason, and one without the scope a 403', async () => {
    const authenticate = identify();
    api = toyApi([echo], { clock: issuer.clock, authenticate: (request) => authenticate(callerHeaders(request)) });
    const ask = (token: string | null) =>
      api.app.inject({
        url: '/v1/echo/a',
        headers: { 'x-request-id': 'same', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      });
    const bare = await ask(null);
    expect(bare.statusCode).toBe(401);
    expect(bare.headers['www-authenticate']).toBe('Bearer realm="cost-gateway"');
    const bad = [await issuer.token({ exp: 1 }), await issuer.token({ aud: 'x' }), 'a.b.c', 'opaque'];
    for (const token of bad) {
      const answer = await ask(token);
      expect(answer.body).toBe(bare.body);
      expect({ ...answer.headers, date: '' }).toEqual({ ...bare.headers, date: '' });
    }
    expect((await ask(await issuer.token({ scope: 'write' }))).statusCode).toBe(403);
    expect((await ask(await issuer.token())).json().by).toBe('ann');
    await api.app.close();
  });
});
