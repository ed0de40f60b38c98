import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { authenticator, callerHeaders, type KeyEntry } from '../../../src/server/identity/caller-auth.ts';
import { VirtualClock } from '../../support/clock.ts';
import { converse, statusesIn } from '../operation/raw-socket.ts';
import { listen, type ToyApi, toyApi } from '../operation/toy-api.ts';
import { echo } from '../operation/toy-operations.ts';

const digestOf = (key: string) => createHash('sha256').update(key).digest('hex');
const clock = new VirtualClock('2026-11-21T10:00:00Z');
const keys: KeyEntry[] = [
  { name: 'dashboard', digest: digestOf('key-one'), scopes: ['read'], connections: ['elastic'] },
  { name: 'job', digest: digestOf('key-two').toUpperCase(), scopes: ['read', 'write'] },
  { name: 'old', digest: digestOf('key-old'), scopes: ['read'], expiresAt: '2026-11-21T10:00:00Z' },
  { name: 'new', digest: digestOf('key-new'), scopes: ['read'], expiresAt: '2026-11-21T10:00:00.001Z' },
  { name: 'odd', digest: digestOf('key-odd'), scopes: ['read'], expiresAt: 'some day' },
];
const identify = authenticator({ mode: 'keys', keys, clock });

const headers = (...entries: readonly (readonly [string, string])[]) => {
  const map = new Map<string, string[]>();
  for (const [name, value] of entries) map.set(name, [...(map.get(name) ?? []), value]);
  return map;
};
const refusalOf = async (sent: ReturnType<typeof headers>) =>
  identify(sent).then(
    (consumer) => consumer.name,
    (error: unknown) => (error instanceof Failure ? [error.kind, error.details.public] : error),
  );

let api: ToyApi | null = null;
afterEach(async () => {
  await api?.app.close();
  api = null;
});

describe('a key', () => {
  it('is known as a bearer token or as X-Api-Key, and says what its consumer may do', async () => {
    const consumer = await identify(headers(['authorization', 'Bearer key-one']));
    expect(consumer).toEqual({ name: 'dashboard', scopes: new Set(['read']), connections: new Set(['elastic']) });
    expect(await identify(headers(['x-api-key', 'key-two']))).toMatchObject({ name: 'job', connections: null });
    expect((await identify(headers(['authorization', 'bearer  key-two']))).name).toBe('job');
  });

  it('may be sent both ways, if it is the same one', async () => {
    expect(await refusalOf(headers(['authorization', 'Bearer key-one'], ['x-api-key', 'key-one']))).toBe('dashboard');
  });

  it('works until the instant at which it expires', async () => {
    expect(await refusalOf(headers(['x-api-key', 'key-new']))).toBe('new');
  });

  it.each([
    ['nothing', []],
    ['an unknown key', [['authorization', 'Bearer nope']]],
    ['an expired key', [['x-api-key', 'key-old']]],
    ['a key whose expiry cannot be read', [['x-api-key', 'key-odd']]],
    [
      'two keys, both good',
      [
        ['authorization', 'Bearer key-one'],
        ['x-api-key', 'key-two'],
      ],
    ],
    [
      'two Authorization headers',
      [
        ['authorization', 'Bearer key-one'],
        ['authorization', 'Bearer key-two'],
      ],
    ],
    [
      'a good key beside a bad one',
      [
        ['x-api-key', 'key-one'],
        ['x-api-key', 'nope'],
      ],
    ],
    ['another scheme', [['authorization', 'Basic key-one']]],
    [
      'another scheme beside a good key',
      [
        ['authorization', 'Basic x'],
        ['x-api-key', 'key-one'],
      ],
    ],
    ['no scheme', [['authorization', 'key-one']]],
    ['an empty key', [['x-api-key', '']]],
    ['an empty bearer', [['authorization', 'Bearer ']]],
    ['the digest itself', [['x-api-key', digestOf('key-one')]]],
    ['a key with more behind it', [['authorization', 'Bearer key-one x']]],
    ['a very long key', [['x-api-key', 'x'.repeat(15_000)]]],
  ] as const)('is refused in the same words whatever is wrong: %s', async (_name, entries) => {
    expect(await refusalOf(headers(...entries))).toEqual([
      'unauthenticated',
      'Send one valid credential, as Authorization: Bearer or as X-Api-Key.',
    ]);
  });

  it('cannot be configured with a digest of another length', () => {
    const entry: KeyEntry = { name: 'short', digest: 'ab', scopes: [] };
    expect(() => authenticator({ mode: 'keys', keys: [entry], clock })).toThrow('short');
  });
});

describe('without authentication', () => {
  it('everybody is the anonymous consumer with every scope', async () => {
    const consumer = await authenticator({ mode: 'none' })(headers(['authorization', 'Bearer whatever']));
    expect(consumer.name).toBe('anonymous');
    expect([...consumer.scopes].sort()).toEqual(['admin', 'native:read', 'native:write', 'read', 'write']);
  });
});

describe('a request', () => {
  it('without a good key is a 401 problem with WWW-Authenticate, and alike for all reasons', async () => {
    api = toyApi([echo], { clock, authenticate: (request) => identify(callerHeaders(request)) });
    const ask = (sent: Record<string, string>) => api?.app.inject({ url: '/v1/echo/a?key=key-one', headers: sent });
    const id = { 'x-request-id': 'same' };
    const bare = await ask(id);
    expect(bare?.statusCode).toBe(401);
    expect(bare?.headers['www-authenticate']).toBe('Bearer realm="cost-gateway"');
    for (const sent of [{ 'x-api-key': 'key-old' }, { authorization: 'Bearer nope' }, { authorization: 'Basic a' }]) {
      const other = await ask({ ...id, ...sent });
      expect(other?.body).toBe(bare?.body);
      expect({ ...other?.headers, date: '' }).toEqual({ ...bare?.headers, date: '' });
    }
    expect((await api.app.inject({ url: '/v1/echo/a', headers: { 'x-api-key': 'key-one' } })).json().by).toBe(
      'dashboard',
    );
  });

  it('with two Authorization lines is refused, though Node shows only the first', async () => {
    api = toyApi([echo], { clock, authenticate: (request) => identify(callerHeaders(request)) });
    const port = await listen(api.app);
    const ask = (lines: string) =>
      converse(port, `GET /v1/echo/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines}\r\n`);
    const good = 'Authorization: Bearer key-one\r\n';
    expect(statusesIn(await ask(good))).toEqual([200]);
    expect(statusesIn(await ask(`${good}Authorization: Bearer key-two\r\n`))).toEqual([401]);
  });
});
