import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, sha256 } from './toys.ts';

const real = { TOY_API_KEY: 'key' };
const digest = sha256('a long random key of a dashboard');
const other = sha256('another long random key');
const keys = (...entries: readonly Record<string, unknown>[]) => JSON.stringify(entries);
const entry = { name: 'finops-dashboard', key: `sha256:${digest}`, scopes: ['read'] };
const openWarning = 'everybody who reaches this port sees every figure';

describe('AUTH', () => {
  it('is none in the sandbox without a word', () => {
    const { config, warnings } = configOf({ HOST: '0.0.0.0' });
    expect(config.authentication.methods).toEqual(['none']);
    expect(warnings).toEqual([]);
  });

  it('is none on loopback outside production, with a warning that says so', () => {
    expect(configOf(real).warnings).toEqual([`AUTH is not set, so it is none: ${openWarning}`]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'gateway.internal'])(
    'must be said where real figures are served on %s',
    (host) => {
      expect(faultsOf({ ...real, HOST: host })).toEqual([
        'AUTH is required where HOST is not loopback and real vendors are configured; set keys, oidc, both as keys,oidc, or none to let everybody in',
      ]);
    },
  );

  it('may be none anywhere once that is said, with a warning', () => {
    expect(configOf({ ...real, HOST: '0.0.0.0', AUTH: 'none' }).warnings).toEqual([`AUTH is none: ${openWarning}`]);
    const { config, warnings } = configOf({ ...real, NODE_ENV: 'production', AUTH: 'none' });
    expect(config.production).toBe(true);
    expect(warnings).toEqual([`AUTH is none: ${openWarning}`]);
  });

  it('is required in production, in the sandbox too', () => {
    const message =
      'AUTH is required with NODE_ENV=production; set keys, oidc, both as keys,oidc, or none to let everybody in';
    expect(faultsOf({ ...real, NODE_ENV: 'production' })).toEqual([message]);
    expect(faultsOf({ SANDBOX: 'on', NODE_ENV: 'production' })).toEqual([message]);
  });

  it('left out while keys are there is no open door', () => {
    expect(faultsOf({ ...real, API_KEYS: keys(entry) })).toEqual([expect.stringMatching(/^AUTH is not set although/)]);
  });

  it.each(['key', 'keys,', 'keys,keys', 'none,keys', 'KEYS', 'keys oidc'])('cannot be %s', (text) => {
    expect(faultsOf({ AUTH: text })).toEqual(['AUTH must be keys, oidc, both as keys,oidc, or none alone']);
  });

  it('names what its methods need, and what they leave idle', () => {
    expect(faultsOf({ AUTH: 'keys, oidc' })).toEqual([
      'API_KEYS is required with AUTH=keys,oidc',
      'OIDC_ISSUER is required with AUTH=keys,oidc',
      'OIDC_AUDIENCE is required with AUTH=keys,oidc',
    ]);
    const idle = { AUTH: 'none', API_KEYS: keys(entry), OIDC_ISSUER: 'https://id.example' };
    expect(configOf(idle).warnings).toEqual([
      'API_KEYS has no effect, for AUTH does not ask for it',
      'OIDC_ISSUER has no effect, for AUTH does not ask for it',
    ]);
  });
});

describe('OIDC', () => {
  const oidc = { AUTH: 'oidc', OIDC_AUDIENCE: 'cost-gateway' };

  it('is read whole', () => {
    const more = { OIDC_JWKS_URL: 'https://id.example/keys', OIDC_CONNECTIONS_CLAIM: 'https://id.example/connections' };
    expect(configOf({ ...oidc, OIDC_ISSUER: 'https://id.example/', ...more }).config.authentication).toEqual({
      methods: ['oidc'],
      keys: null,
      oidc: {
        issuer: 'https://id.example/',
        audience: 'cost-gateway',
        jwksUrl: 'https://id.example/keys',
        connectionsClaim: 'https://id.example/connections',
      },
    });
  });

  it('may speak plain http on loopback only', () => {
    expect(configOf({ ...oidc, OIDC_ISSUER: 'http://localhost:9090/realm' }).config.authentication.oidc).not.toBeNull();
    for (const url of [
      'http://id.example',
      'id.example',
      'https://me:you@id.example',
      'https://id.example/#x',
      'ftp://x',
    ]) {
      expect(faultsOf({ ...oidc, OIDC_ISSUER: url })).toEqual([
        'OIDC_ISSUER must be a URL that begins with https:// (http:// for loopback only), without credentials or fragment',
      ]);
    }
  });
});

describe('API_KEYS', () => {
  const faultsWith = (text: string) => faultsOf({ AUTH: 'keys', API_KEYS: text });

  it('are read whole', () => {
    const second = { ...entry, name: 'job', key: `sha256:${other.toUpperCase()}`, scopes: ['write', 'native:read'] };
    const text = keys({ ...entry, connections: ['toy'], expiresAt: '2027-01-01T01:00:00+01:00' }, second);
    expect(configOf({ AUTH: 'keys', API_KEYS: text }).config.authentication.keys).toEqual([
      { name: 'finops-dashboard', digest, scopes: ['read'], connections: ['toy'], expiresAt: '2027-01-01T00:00:00Z' },
      { name: 'job', digest: other, scopes: ['write', 'native:read'], connections: null, expiresAt: null },
    ]);
  });

  it('may repeat a name with another key, for rotation, but never a key', () => {
    expect(faultsWith(keys(entry, { ...entry, key: `sha256:${other}` }))).toEqual([]);
    expect(faultsWith(keys(entry, { ...entry, name: 'another' }))).toEqual([
      'API_KEYS entry [1].key is the key of entry [0] again',
    ]);
  });

  it.each(['plain-key', 'sha256:abc', `sha1:${digest}`, digest, `sha256:${digest}0`, `sha256:${'g'.repeat(64)}`, ''])(
    'are refused when the key is %j, with how to hash one',
    (key) => {
      expect(faultsWith(keys({ ...entry, key }))).toEqual([
        expect.stringMatching(/^API_KEYS entry \[0]\.key must be sha256: and 64 hex digits.*sha256sum/),
      ]);
    },
  );

  it.each([sha256(''), sha256('changeme'), sha256('secret\n'), sha256('finops-dashboard'), '0'.repeat(64)])(
    'are refused when the digest %s gives a weak key away',
    (weak) => {
      expect(faultsWith(keys({ ...entry, key: `sha256:${weak}` }))).toEqual([
        expect.stringMatching(/^API_KEYS entry \[0]\.key is the digest of a key that is easily guessed.*openssl rand/),
      ]);
    },
  );

  it('are refused entry by entry, all faults at once', () => {
    const faults = faultsWith(
      keys(
        { ...entry, scopes: ['everything'] },
        { ...entry, scopes: [] },
        { ...entry, expiresAt: 'tomorrow' },
        { ...entry, name: 'two words', colour: 'red' },
        { ...entry, connections: [] },
      ),
    );
    expect(faults).toEqual([
      'API_KEYS entry [0].scopes must each be one of read, write, native:read, native:write, admin',
      'API_KEYS entry [1].scopes must not be an empty list',
      'API_KEYS entry [2].expiresAt must be a time such as 2027-01-01T00:00:00Z',
      'API_KEYS entry [3].name must be 1 to 64 printable characters without blanks',
      'API_KEYS entry [3] has an unknown field; known are name, key, scopes, connections, expiresAt',
      'API_KEYS entry [4].connections must not be an empty list',
    ]);
  });

  it.each(['{}', '[]', 'null', '"text"', '[null]', '[[]]', 'not json', '[{}', '[1]'])('cannot be %s', (text) => {
    const faults = faultsWith(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^API_KEYS (entry \[0] )?must be /);
  });

  it('that name a connection which is not served are worth a warning', () => {
    const { warnings } = configOf({ AUTH: 'keys', API_KEYS: keys({ ...entry, connections: ['toy', 'nobody'] }) });
    expect(warnings).toEqual([
      'API_KEYS names connections for finops-dashboard that are not served; known are toy, gadget',
    ]);
  });
});
