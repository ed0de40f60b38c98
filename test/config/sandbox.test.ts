import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { configOf, faultsOf, filesOf, gadget, lineOf, toy, withFile } from './toys.ts';

const nothing = /^SANDBOX .* no vendor is configured; set a credential/;

describe('the sandbox', () => {
  it('comes on by itself where no credential is set', () => {
    expect(configOf({}).config.sandbox).toBe(true);
    expect(configOf({ SANDBOX: 'auto', NODE_ENV: 'development' }).config.sandbox).toBe(true);
  });

  it('stays off where one is, and then only what is configured is served', () => {
    const { config } = configOf({ TOY_API_KEY: 'key' });
    expect([config.sandbox, config.connections.length]).toEqual([false, 1]);
    expect(configOf({ TOY_API_KEY_FILE: '/run/key' }, { '/run/key': 'key' }).config.sandbox).toBe(false);
    expect(configOf(...withFile('connections: [{ id: one, provider: toy, apiKey: key }]')).config.sandbox).toBe(false);
  });

  it('does not come on by itself in production, which refuses to start with nothing to serve', () => {
    expect(faultsOf({ NODE_ENV: 'production', AUTH: 'none' })).toEqual([expect.stringMatching(nothing)]);
  });

  it('can be forbidden, which refuses to start with nothing to serve', () => {
    expect(faultsOf({ SANDBOX: 'off' })).toContainEqual(expect.stringMatching(nothing));
    expect(configOf({ SANDBOX: 'off', TOY_API_KEY: 'key' }).config.sandbox).toBe(false);
  });

  it('can be asked for: credentials are then ignored, with a warning', () => {
    const { config, warnings } = configOf({ SANDBOX: 'on', TOY_API_KEY: 'key' });
    expect([config.sandbox, config.connections]).toEqual([true, []]);
    expect(warnings).toEqual(['TOY_API_KEY is ignored in the sandbox']);
  });

  it('when asked for reads no secret and judges no setting, so it runs whatever they say', () => {
    const environment = { SANDBOX: 'on', TOY_API_KEY_FILE: '/missing', TOY_BASE_URL: 'http://10.0.0.1' };
    expect(configOf(environment).config.sandbox).toBe(true);
  });

  it('that came by itself does not hide a slip', () => {
    expect(faultsOf({ TOY_CURRENCY: 'dollars' })).toEqual(['TOY_CURRENCY must be three capital letters']);
    expect(configOf({ TOY_CURRENCY: 'EUR' }).warnings).toEqual(['TOY_CURRENCY is ignored in the sandbox']);
  });

  it('keeps budgets and monitors of its own connections only', () => {
    const yaml = `
connections: [{ id: real, provider: toy, apiKeyFile: /missing }]
budgets:
  - { id: a, connection: toy, name: A, period: monthly, limit: { amount: 1, currency: USD } }
  - { id: b, connection: real, name: B, period: monthly, limit: { amount: 1, currency: USD } }
`;
    const { config, warnings } = configOf(...withFile(yaml, { SANDBOX: 'on' }));
    expect(config.budgets.map((budget) => budget.id)).toEqual(['a']);
    expect(warnings).toEqual([
      'CONNECTIONS_FILE connections[0] is ignored in the sandbox',
      'CONNECTIONS_FILE budgets[1] is ignored: the sandbox serves toy, gadget only',
    ]);
  });

  it('comes on by itself beside a file that states no connection', () => {
    expect(configOf(...withFile('connections:\nbudgets: []\n')).config.sandbox).toBe(true);
  });

  it('knows no connection to a vendor that has no sandbox', () => {
    const real = { ...gadget, sandbox: null };
    const yaml = `
budgets:
  - { id: a, connection: toy, name: A, period: monthly, limit: { amount: 1, currency: USD } }
  - { id: b, connection: gadget, name: B, period: monthly, limit: { amount: 1, currency: USD } }
`;
    const [environment, texts] = withFile(yaml, { SANDBOX: 'on' });
    const result = loadConfig(environment, [toy, real], filesOf(texts));
    expect(result.ok && result.config.budgets.map((budget) => budget.id)).toEqual(['a']);
    expect(result.ok && result.warnings.map(lineOf)).toEqual([
      'CONNECTIONS_FILE budgets[1] is ignored: the sandbox serves toy only',
    ]);
  });

  it('gives way to credentials of a vendor that has none', () => {
    const real = { ...gadget, sandbox: null };
    const environment = { GADGET_CLIENT_ID: 'id', GADGET_CLIENT_SECRET: 'secret', GADGET_REFRESH_TOKEN: 'token' };
    const result = loadConfig(environment, [toy, real], filesOf({}));
    expect(result.ok && result.config.sandbox).toBe(false);
    expect(result.ok && result.config.connections.map(({ id }) => id)).toEqual(['gadget']);
  });
});
