import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { identity, type Proofs } from '../../../src/server/identity/identity.ts';
import { Issuer } from './issuer.ts';

let issuer: Issuer;
let warnings: string[];
beforeEach(async () => {
  issuer = new Issuer();
  warnings = [];
  await issuer.addKey('one');
});

const identify = (oidc: Partial<Proofs['oidc']> = {}) => {
  const authenticate = identity(
    {
      keys: null,
      oidc: { issuer: issuer.url, audience: 'gateway', jwksUrl: `${issuer.url}/keys`, connectionsClaim: null, ...oidc },
    },
    {
      clock: issuer.clock,
      log: { debug: () => {}, info: () => {}, error: () => {}, warn: (_fields, message) => warnings.push(message) },
      read: issuer.read,
    },
  );
  return async (kid = 'one'): Promise<string> => {
    const token = await issuer.token({ exp: issuer.seconds + 86_400 }, { kid });
    return authenticate(new Map([['authorization', [`Bearer ${token}`]]])).then(
      ({ name }) => name,
      (error: unknown) => (error instanceof Failure ? error.kind : String(error)),
    );
  };
};
const half = 30_000;

describe('the keys of an issuer', () => {
  it('are read once, when the first token comes', async () => {
    const who = identify();
    expect(issuer.asked).toEqual([]);
    expect(await Promise.all([who(), who(), who()])).toEqual(['ann', 'ann', 'ann']);
    await issuer.clock.advance(300_000);
    expect(await who()).toBe('ann');
    expect(issuer.asked).toEqual([`${issuer.url}/keys`]);
  });

  it('are found through the metadata of the issuer where no address is configured', async () => {
    const who = identify({ jwksUrl: null });
    expect(await who()).toBe('ann');
    expect(issuer.asked).toEqual([`${issuer.url}/.well-known/openid-configuration`, `${issuer.url}/keys`]);
  });

  it.each([
    { issuer: 'https://evil.example', jwks_uri: 'https://issuer.example/keys' },
    { issuer: 'https://issuer.example', jwks_uri: 'http://issuer.example/keys' },
    { issuer: 'https://issuer.example', jwks_uri: 'file:///keys' },
    { issuer: 'https://issuer.example' },
    [],
  ])('are not believed through metadata that are not its own: %j', async (metadata) => {
    issuer.metadata = { ...metadata };
    expect(await identify({ jwksUrl: null })()).toBe('unauthenticated');
    expect(issuer.asked).toHaveLength(1);
  });

  it('stay known while the issuer cannot be reached, for however long', async () => {
    const who = identify();
    await who();
    for (const behaviour of ['fails', 'nonsense'] as const) {
      issuer.behaviour = behaviour;
      for (let hour = 0; hour < 5; hour += 1) {
        await issuer.clock.advance(3_600_000);
        expect(await who()).toBe('ann');
      }
    }
    expect(warnings[0]).toContain('those known stay in use');
  });

  it('keep nobody waiting who has a known one, however slow the issuer', async () => {
    const who = identify();
    await who();
    issuer.behaviour = 'hangs';
    await issuer.clock.advance(3_600_000);
    expect(await who()).toBe('ann');
    await issuer.clock.advance(5_000);
    expect(issuer.clock.waiting).toBe(0);
    expect(warnings).toHaveLength(1);
  });

  it('are asked for at most once in 30 seconds, however many unknown ones come', async () => {
    const who = identify();
    await who();
    for (let index = 0; index < 50; index += 1) await issuer.addKey(`new-${index}`);
    issuer.keys.splice(1);
    await issuer.clock.advance(half);
    const refused = await Promise.all(Array.from({ length: 50 }, (_, index) => who(`new-${index}`)));
    expect(new Set(refused)).toEqual(new Set(['unauthenticated']));
    expect(issuer.asked).toHaveLength(2);
    await issuer.clock.advance(half - 1);
    await who('new-1');
    expect(issuer.asked).toHaveLength(2);
    await issuer.clock.advance(1);
    await who('new-1');
    expect(issuer.asked).toHaveLength(3);
    expect(await who()).toBe('ann');
  });

  it('are asked for at most once in 30 seconds as well while the issuer fails', async () => {
    issuer.behaviour = 'fails';
    const who = identify();
    for (let index = 0; index < 20; index += 1) expect(await who()).toBe('unauthenticated');
    expect(issuer.asked).toHaveLength(1);
    expect(warnings).toEqual(['the keys of the issuer cannot be read; no token is accepted']);
    issuer.behaviour = 'answers';
    await issuer.clock.advance(half);
    expect(await who()).toBe('ann');
  });

  it('that are new are found when the first token signed with one comes', async () => {
    const who = identify();
    await who();
    await issuer.addKey('two');
    await issuer.clock.advance(half);
    expect(await who('two')).toBe('ann');
    expect(await who('one')).toBe('ann');
    expect(issuer.asked).toHaveLength(2);
  });

  it('that were withdrawn are soon believed no more', async () => {
    await issuer.addKey('two');
    const who = identify();
    await who();
    issuer.withdrawKey('one');
    await issuer.clock.advance(600_000);
    await who('two');
    await issuer.clock.advance(1);
    expect(await who('one')).toBe('unauthenticated');
    expect(await who('two')).toBe('ann');
  });

  it('that cannot be read take no other with them', async () => {
    issuer.keys.unshift({ kty: 'oct', k: 'c2VjcmV0', kid: 'one' }, { kty: 'new' }, { kid: 'one' });
    expect(await identify()()).toBe('ann');
  });
});
