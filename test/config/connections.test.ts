import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, withFile } from './toys.ts';

const gadget = { GADGET_CLIENT_ID: 'me', GADGET_CLIENT_SECRET: 'proof', GADGET_REFRESH_TOKEN: 'refresh' };

describe('a connection from the environment', () => {
  it('is named like its provider and stands where a credential is set', () => {
    const { config } = configOf({ TOY_API_KEY: 'key', TOY_CURRENCY: 'EUR' });
    expect(config.sandbox).toBe(false);
    expect(config.connections.map(({ id, provider }) => [id, provider.id])).toEqual([['toy', 'toy']]);
    expect(config.connections[0]?.connector.identity).toEqual(['toy', 'https://toy.example', 'EUR', '[]']);
  });

  it('stands beside those of other providers', () => {
    const { config } = configOf({ TOY_API_KEY: 'key', ...gadget });
    expect(config.connections.map((connection) => connection.id)).toEqual(['toy', 'gadget']);
  });

  it('names every required variable that is missing, once any credential is there', () => {
    expect(faultsOf({ GADGET_CLIENT_SECRET: 'proof' })).toEqual([
      'GADGET_CLIENT_ID is required for gadget: Who asks the gadget.',
      'GADGET_REFRESH_TOKEN is required for gadget: Makes access tokens.',
    ]);
  });

  it('does not come from settings without a credential: they are said to have no effect', () => {
    const { config, warnings } = configOf({ TOY_API_KEY: 'key', GADGET_CLIENT_ID: 'me' });
    expect(config.connections).toHaveLength(1);
    expect(warnings).toContain('GADGET_CLIENT_ID has no effect without GADGET_CLIENT_SECRET, GADGET_REFRESH_TOKEN');
  });

  it('is judged by its provider, each fault under the name of its variable', () => {
    expect(faultsOf({ TOY_API_KEY: 'a b', TOY_CURRENCY: 'dollars', TOY_BASE_URL: 'nowhere' })).toEqual([
      'TOY_API_KEY has blanks or control characters',
      'TOY_BASE_URL is no URL',
      'TOY_CURRENCY must be three capital letters',
    ]);
  });

  it.each([
    ['http://toy.example', 'must begin with https:// (plain http is for loopback only)'],
    ['https://user:password@toy.example', 'must not carry credentials'],
    ['https://10.0.0.1', 'must not be a private or link-local address'],
    ['https://169.254.169.254', 'must not be a private or link-local address'],
    ['https://[fe80::1]', 'must not be a private or link-local address'],
    ['ftp://toy.example', 'must begin with https://'],
  ])('does not send its key to %s', (url, message) => {
    expect(faultsOf({ TOY_API_KEY: 'key', TOY_BASE_URL: url })).toEqual([`TOY_BASE_URL ${message}`]);
  });

  it('may send it to loopback', () => {
    const { config } = configOf({ TOY_API_KEY: 'key', TOY_BASE_URL: 'http://127.0.0.1:9999/' });
    expect(config.connections[0]?.connector.origins.api).toBe('http://127.0.0.1:9999');
  });
});

describe('connections of the file', () => {
  it('carry the settings in camelCase, every scalar as its text', () => {
    const yaml = `
connections:
  - id: toy-eu
    provider: toy
    apiKey: 0123
    currency: EUR
    prices: [{ from: 2026-01-01, price: 1.0500000000000000001 }]
  - { id: gadget-in, provider: gadget, clientId: me, clientSecret: proof, refreshToken: refresh }
`;
    const { config } = configOf(...withFile(yaml));
    expect(config.connections.map((connection) => connection.id)).toEqual(['toy-eu', 'gadget-in']);
    const [toy] = config.connections;
    expect(toy?.connector.identity[3]).toBe('[{"from":"2026-01-01","price":"1.0500000000000000001"}]');
    const credentials = toy?.connector.credentials;
    expect(credentials?.kind === 'static' && credentials.headers()).toEqual({ authorization: '0123' });
  });

  it.each(['apiKeyFile: /run/key', 'apiKey: { file: /run/key }'])('take a secret from a file as %s', (field) => {
    const yaml = `connections: [{ id: one, provider: toy, ${field} }]`;
    const { config } = configOf(...withFile(yaml, {}, { '/run/key': 'key\n' }));
    const credentials = config.connections[0]?.connector.credentials;
    expect(credentials?.kind === 'static' && credentials.headers()).toEqual({ authorization: 'key' });
  });

  it('name what is wrong with their secrets', () => {
    const yaml = `
connections:
  - { id: one, provider: toy, apiKey: a, apiKeyFile: /run/key }
  - { id: two, provider: toy, apiKeyFile: /missing }
  - { id: three, provider: toy }
  - { id: four, provider: toy, apiKey: }
  - { id: five, provider: toy, apiKey: { file: /run/key, mode: r } }
`;
    expect(faultsOf(...withFile(yaml, {}, { '/run/key': 'key' }))).toEqual([
      'CONNECTIONS_FILE connections[0].apiKey and apiKeyFile are both there; keep one of them',
      'CONNECTIONS_FILE connections[1].apiKeyFile names a file that cannot be read: there is no such file',
      'CONNECTIONS_FILE connections[2].apiKey is required for three: The key of the toy.',
      'CONNECTIONS_FILE connections[3].apiKey is empty; leave it out or give a value',
      'CONNECTIONS_FILE connections[4].apiKey must be a text, or a map with file alone',
    ]);
  });

  it('may not share an id, nor have one that the environment sets up', () => {
    const yaml = `
connections:
  - { id: one, provider: toy, apiKey: a }
  - { id: one, provider: toy, apiKey: b }
  - { id: toy, provider: toy, apiKey: c }
`;
    expect(faultsOf(...withFile(yaml, { TOY_API_KEY: 'd' }))).toEqual([
      'CONNECTIONS_FILE connections[1].id is the second one named one',
      'CONNECTIONS_FILE connections[2].id is toy, which the environment sets up as well; rename it here or unset the variables there',
    ]);
  });

  it.each(['Toy', '-toy', 'a'.repeat(64), 'a:b', 'a/b', '""', 'tøy'])('may not be called %s', (id) => {
    expect(faultsOf(...withFile(`connections: [{ id: ${id}, provider: toy, apiKey: a }]`))).toEqual([
      'CONNECTIONS_FILE connections[0].id must be 1 to 63 of a-z, 0-9 and -, not beginning with -',
    ]);
  });

  it('must name a known provider and only its settings', () => {
    const yaml = `
connections:
  - { id: one, provider: nobody }
  - { id: two, provider: toy, apiKey: a, TOY_CURRENCY: EUR, clientId: x }
  - { id: three }
  - just a text
`;
    expect(faultsOf(...withFile(yaml))).toEqual([
      'CONNECTIONS_FILE connections[2].provider is required; it must be a text',
      'CONNECTIONS_FILE connections[3] must be a map',
      'CONNECTIONS_FILE connections[0].provider is not a known provider; known are toy, gadget',
      'CONNECTIONS_FILE connections[1].TOY_CURRENCY is not a setting of toy; known are id, provider, apiKey, apiKeyFile, baseUrl, currency, prices',
      'CONNECTIONS_FILE connections[1].clientId is not a setting of toy; known are id, provider, apiKey, apiKeyFile, baseUrl, currency, prices',
    ]);
  });

  it('are judged by their provider, down to nested fields', () => {
    const yaml = `connections: [{ id: one, provider: toy, apiKey: a, currency: x, prices: [{ from: a, price: [] }] }]`;
    const faults = faultsOf(...withFile(yaml));
    expect(faults[0]).toBe('CONNECTIONS_FILE connections[0].currency must be three capital letters');
    expect(faults[1]).toMatch(/^CONNECTIONS_FILE connections\[0]\.prices\.0\.price /);
  });
});

describe('two connections with one credential', () => {
  const both = (second: string) =>
    `connections: [{ id: first, provider: gadget, clientId: me, clientSecret: proof, refreshToken: refresh }, ${second}]`;
  const warned = /^connection second uses the same credential as first: both spend from one budget of the vendor/;

  it('are served, with a warning that they share a budget', () => {
    const second = '{ id: second, provider: gadget, clientId: me, clientSecret: proof, refreshTokenFile: /run/token }';
    const { config, warnings } = configOf(...withFile(both(second), { AUTH: 'none' }, { '/run/token': 'refresh\n' }));
    expect(config.connections).toHaveLength(2);
    expect(warnings.filter((line) => warned.test(line))).toHaveLength(1);
  });

  it('are those that share what the budget hangs on, not any setting', () => {
    const second = '{ id: second, provider: gadget, clientId: me, clientSecret: proof, refreshToken: another }';
    expect(configOf(...withFile(both(second))).warnings.filter((line) => warned.test(line))).toEqual([]);
  });

  it('are found across environment and file', () => {
    const yaml = 'connections: [{ id: second, provider: toy, apiKey: key }]';
    const { warnings } = configOf(...withFile(yaml, { TOY_API_KEY: 'key' }));
    expect(warnings).toContainEqual(expect.stringMatching(/^connection second uses the same credential as toy/));
  });
});
