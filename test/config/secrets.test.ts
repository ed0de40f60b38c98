import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderFaults } from '../../src/config/faults.ts';
import { configOf, faultsOf, load, sha256, withFile } from './toys.ts';

const canary = 'canary-9f2c41d7';

describe('a secret', () => {
  it('can come from a file, without its trailing newline', () => {
    for (const ending of ['', '\n', '\r\n']) {
      const { config } = configOf({ TOY_API_KEY_FILE: '/run/key' }, { '/run/key': `${canary}${ending}` });
      const credentials = config.connections[0]?.connector.credentials;
      expect(credentials?.kind === 'static' && credentials.headers()).toEqual({ authorization: canary });
    }
  });

  it('of the gateway can come from a file too', () => {
    const keys = JSON.stringify([{ name: 'one', key: `sha256:${sha256(canary)}`, scopes: ['read'] }]);
    const files = { '/keys': `${keys}\n`, '/redis': `rediss://:${canary}@redis.example:6379\n` };
    const { config } = configOf({ AUTH: 'keys', API_KEYS_FILE: '/keys', REDIS_URL_FILE: '/redis' }, files);
    expect(config.authentication.keys).toHaveLength(1);
    expect(config.redisUrl?.reveal()).toBe(`rediss://:${canary}@redis.example:6379`);
  });

  it('given in both forms is a conflict', () => {
    expect(faultsOf({ TOY_API_KEY: canary, TOY_API_KEY_FILE: '/run/key' }, { '/run/key': canary })).toEqual([
      'TOY_API_KEY and TOY_API_KEY_FILE are both set; keep one of them',
    ]);
  });

  it.each([
    ['ENOENT', 'there is no such file'],
    ['EACCES', 'no permission to read it'],
    ['EISDIR', 'it is a folder'],
    ['EIO', 'reading it failed'],
  ])('in a file that fails with %s is named, and not called missing besides', (code, reason) => {
    expect(faultsOf({ TOY_API_KEY_FILE: '/run/key' }, { '/run/key': { code } })).toEqual([
      `TOY_API_KEY_FILE names a file that cannot be read: ${reason}`,
    ]);
  });

  it('in an empty file is named', () => {
    expect(faultsOf({ TOY_API_KEY_FILE: '/run/key' }, { '/run/key': '\n' })).toEqual([
      'TOY_API_KEY_FILE names a file that is empty',
    ]);
  });

  it('that is malformed is named by the rule it breaks', () => {
    expect(faultsOf({ TOY_API_KEY: `${canary} and more` })).toEqual(['TOY_API_KEY has blanks or control characters']);
    expect(faultsOf({ TOY_API_KEY: canary.repeat(500) })).toEqual(['TOY_API_KEY is too long']);
  });
});

describe('no fault repeats what stands there', () => {
  const parts = [canary, canary.slice(0, 6), canary.slice(-6), String(canary.length * 300)];
  const everywhere: readonly (readonly [string, Parameters<typeof load>])[] = [
    ['malformed keys of a vendor', [{ TOY_API_KEY: `${canary} x`, GADGET_REFRESH_TOKEN: canary.repeat(300) }]],
    ['a key where a path should be', [{ TOY_API_KEY_FILE: canary }]],
    ['a conflict of both forms', [{ TOY_API_KEY: canary, TOY_API_KEY_FILE: canary }]],
    ['a plain key among the hashes', [{ API_KEYS: `[{"name":"one","key":"${canary}","scopes":["read"]}]` }]],
    ['keys that are no JSON', [{ AUTH: 'keys', API_KEYS: `[{"key":"${canary}"` }]],
    ['unknown fields of keys', [{ API_KEYS: `[{"name":"one","key":"sha256:0","${canary}":1}]` }]],
    ['a bad scope', [{ API_KEYS: `[{"name":"one","key":"x","scopes":["${canary}"],"expiresAt":"${canary}"}]` }]],
    ['a Redis URL', [{ REDIS_URL: `http://:${canary}@redis.example` }]],
    ['an OIDC issuer', [{ AUTH: 'oidc', OIDC_ISSUER: `https://user:${canary}@id.example` }]],
    ['every plain variable', [{ PORT: canary, HOST: `${canary} `, REPLICAS: canary, CORS_ORIGINS: canary }]],
    ['a base URL', [{ TOY_API_KEY: 'k', TOY_BASE_URL: `https://user:${canary}@toy.example` }]],
    ['an unknown variable', [{ TOY_NAME: canary }]],
    ['broken YAML', [...withFile(`connections: [{id: a, provider: toy, apiKey: "${canary}\\q"`)]],
    ['a file of another kind', [...withFile(`user:$6$${canary}:1::\nother:${canary}:2::\n`)]],
    [
      'a secret where a name should be',
      [...withFile(`connections: [{id: a, provider: toy, apiKey: k, ${canary}: 1}]`)],
    ],
    ['a secret as a name elsewhere', [...withFile(`budgets: [{${canary}: 1, scope: {${canary}: 2}}]`)]],
    ['YAML of another shape', [...withFile(canary)]],
    ['tags and aliases', [...withFile(`a: &b ${canary}\nc: !!str ${canary}\nd: *b`)]],
    ['a secret of the wrong shape', [...withFile(`connections: [{id: a, provider: toy, apiKey: [${canary}]}]`)]],
    ['a secret field with blanks', [...withFile(`connections: [{id: a, provider: toy, apiKey: "${canary} x"}]`)]],
    ['a secret as a path', [...withFile(`connections: [{id: a, provider: toy, apiKey: {file: ${canary}}}]`)]],
  ];

  it.each(everywhere)('in %s', (_what, [environment, texts]) => {
    const result = load(environment, texts);
    expect(result.ok).toBe(false);
    const text = result.ok ? '' : renderFaults(result.faults);
    for (const part of parts) expect(text).not.toContain(part);
    expect(text).not.toMatch(/^\s+at /m);
  });

  it('nor does anything that a working configuration prints', () => {
    const yaml = `connections: [{id: second, provider: toy, apiKeyFile: /run/key}]`;
    const key = `sha256:${sha256(canary)}`;
    const environment = {
      TOY_API_KEY: canary,
      REDIS_URL: `redis://:${canary}@redis.example`,
      AUTH: 'keys',
      API_KEYS: JSON.stringify([{ name: 'one', key, scopes: ['read'] }]),
    };
    const { config, warnings } = configOf(...withFile(yaml, environment, { '/run/key': canary }));
    const printed = [JSON.stringify(config), inspect(config, { depth: 9 }), JSON.stringify(config.describe())];
    for (const text of [...printed, ...warnings]) expect(text).not.toContain(canary);
    expect(JSON.stringify(config.describe())).not.toContain(sha256(canary));
    expect(config.describe()).toMatchObject({
      ...{ PORT: '8080', REDIS_URL: '[secret]', API_KEYS: '[secret]', AUTH: 'keys' },
      ...{ sandbox: 'off', 'connection toy': 'toy', 'connection toy apiKey': '[secret]' },
    });
  });
});
