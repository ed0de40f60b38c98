import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/vendor/kit/index.ts';
import { cloudspend } from './manifest.ts';
import { createPolicyRequest } from './policies/requests.ts';
import { accessTokenRequest, displayCurrencyRequest } from './requests.ts';

const secrets = { clientId: '1000.ID', clientSecret: 'secret', refreshToken: '1000.token' };
const connect = (more: Record<string, unknown> = {}) => cloudspend.connect({ ...secrets, ...more });
const originsOf = (more: Record<string, unknown> = {}) => {
  const result = connect(more);
  return result.ok ? result.connector.origins : result.faults;
};

describe('the data centre decides both hosts', () => {
  test.each([
    ['us', 'https://www.site24x7.com', 'https://accounts.zoho.com'],
    ['eu', 'https://www.site24x7.eu', 'https://accounts.zoho.eu'],
    ['in', 'https://www.site24x7.in', 'https://accounts.zoho.in'],
    ['AU', 'https://www.site24x7.net.au', 'https://accounts.zoho.com.au'],
    ['jp', 'https://www.site24x7.jp', 'https://accounts.zoho.jp'],
    ['uk', 'https://www.site24x7.uk', 'https://accounts.zoho.uk'],
  ])('%s', (dataCenter, api, accounts) => {
    expect(originsOf({ dataCenter })).toEqual({ api, accounts });
  });

  test('us is the default', () => {
    expect(originsOf()).toMatchObject({ api: 'https://www.site24x7.com' });
  });

  test('cn needs an accounts server', () => {
    expect(originsOf({ dataCenter: 'cn' })).toEqual([
      { setting: 'accountsUrl', message: expect.stringContaining('cn') },
    ]);
    expect(originsOf({ dataCenter: 'cn', accountsUrl: 'https://accounts.zoho.com.cn/' })).toEqual({
      api: 'https://www.site24x7.cn',
      accounts: 'https://accounts.zoho.com.cn',
    });
  });

  test.each([['ca'], ['sa']])('%s has no API host', (dataCenter) => {
    expect(originsOf({ dataCenter })).toEqual([
      { setting: 'dataCenter', message: expect.stringContaining('no API host') },
    ]);
  });

  test('an unknown one is refused with the list', () => {
    expect(originsOf({ dataCenter: 'moon' })).toEqual([
      { setting: 'dataCenter', message: expect.stringContaining('us, eu, in') },
    ]);
  });
});

test.each([
  ['https://site24x7.com', 'https://www.site24x7.com'],
  ['https://site24x7.net.au/', 'https://www.site24x7.net.au'],
  ['https://proxy.example.com', 'https://proxy.example.com'],
])('the base URL %s is asked at %s', (baseUrl, api) => {
  expect(originsOf({ baseUrl })).toMatchObject({ api });
});

test('a missing or blank credential is named, and so is a setting that is none', () => {
  const result = cloudspend.connect({ clientId: ' ', clientSecret: 'secret', token: 'x' });
  expect(result.ok ? [] : result.faults.map((fault) => fault.setting).sort()).toEqual([
    'clientId',
    'refreshToken',
    'token',
  ]);
});

test('identity and owner together tell organisations apart and hold no secret', () => {
  const identities = [connect(), connect(), connect({ refreshToken: '1000.other' }), connect({ dataCenter: 'eu' })].map(
    (result) => {
      if (!result.ok || result.connector.credentials.kind !== 'token') return '';
      return JSON.stringify([result.connector.identity, result.connector.credentials.owner]);
    },
  );
  expect(identities[0]).toBe(identities[1]);
  expect(new Set(identities).size).toBe(3);
  expect(identities.join()).not.toMatch(/secret|1000\./);
});

test('every setting is described, and the secrets are marked', () => {
  expect(
    cloudspend.settings.map(({ name, environment, secret, required }) => [name, environment, secret, required]),
  ).toEqual([
    ['clientId', 'CLOUDSPEND_CLIENT_ID', false, true],
    ['clientSecret', 'CLOUDSPEND_CLIENT_SECRET', true, true],
    ['refreshToken', 'CLOUDSPEND_REFRESH_TOKEN', true, true],
    ['dataCenter', 'CLOUDSPEND_DATA_CENTER', false, false],
    ['callsPerOperation', null, false, false],
    ['timeout', null, false, false],
    ['baseUrl', 'CLOUDSPEND_BASE_URL', false, false],
    ['accountsUrl', 'CLOUDSPEND_ACCOUNTS_URL', false, false],
  ]);
  expect(cloudspend.settingsJsonSchema()).toMatchObject({ type: 'object' });
});

test('at most 80 calls of one operation leave in two minutes, or as many as the connection says', () => {
  const quotaOf = (more: Record<string, unknown>) => {
    const result = connect(more);
    return result.ok ? result.connector.limits.quotas : result.faults.map(({ setting }) => setting);
  };
  const quota = { name: 'calls-per-operation', windowMs: 120_000, perOperation: true, whenSpent: 'wait' };
  expect(quotaOf({})).toEqual([{ ...quota, limit: 80 }]);
  expect(quotaOf({ callsPerOperation: 40 })).toEqual([{ ...quota, limit: 40 }]);
  for (const callsPerOperation of ['0', '-1', '1.5', 'many', '']) {
    expect(quotaOf({ callsPerOperation })).toEqual(['callsPerOperation']);
  }
});

test('every request to the API is counted, and none to the accounts server', () => {
  expect(displayCurrencyRequest().quota).toBe('calls-per-operation');
  expect(createPolicyRequest('budget', 'b', { accountType: 0, accountId: '1', costType: 0 }).quota).toBe(
    'calls-per-operation',
  );
  expect(accessTokenRequest('i', new Secret('s'), new Secret('r')).quota).toBeUndefined();
});
