import { describe, expect, it } from 'vitest';
import { elastic } from './manifest.ts';

const settings = { apiKey: 'a-key', organizationId: '2718281828' };
const faultsOf = (more: Record<string, unknown>): string[] => {
  const result = elastic.connect({ ...settings, ...more });
  return result.ok ? [] : result.faults.map((fault) => `${fault.setting}: ${fault.message}`);
};
const identityOf = (more: Record<string, unknown>): readonly string[] => {
  const result = elastic.connect({ ...settings, ...more });
  if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
  return result.connector.identity;
};

describe('the settings of an Elastic Cloud connection', () => {
  it('name their environment, their secret and their fallbacks', () => {
    const shown = elastic.settings.map(({ name, environment, secret, fallback, required }) => [
      name,
      environment,
      secret,
      fallback,
      required,
    ]);
    expect(shown).toEqual([
      ['apiKey', 'ELASTIC_API_KEY', true, null, true],
      ['organizationId', 'ELASTIC_ORGANIZATION_ID', false, null, true],
      ['baseUrl', 'ELASTIC_BASE_URL', false, 'https://cloud.elastic.co', false],
      ['ecuCurrency', 'ELASTIC_ECU_CURRENCY', false, 'USD', false],
      ['timeout', null, false, null, false],
      ['ecuPrices', null, false, null, false],
    ]);
  });

  it('are described as JSON Schema', () => {
    expect(elastic.settingsJsonSchema()).toMatchObject({ type: 'object' });
  });

  it('send the key under its own scheme and keep it out of the identity', () => {
    const result = elastic.connect(settings);
    if (!result.ok || result.connector.credentials.kind !== 'static') throw new TypeError('expected a static key');
    expect(result.connector.credentials.headers()).toEqual({ authorization: 'ApiKey a-key' });
    expect(JSON.stringify(result.connector)).not.toContain('a-key');
  });

  it('refuse an organization id with anything but letters, digits, - and _', () => {
    for (const organizationId of ['', 'a/b', 'a b', '../admin', 'ä']) {
      expect(faultsOf({ organizationId })).toEqual([expect.stringMatching(/^organizationId: /)]);
    }
  });

  it('refuse a currency that is no three capital letters', () => {
    expect(faultsOf({ ecuCurrency: 'usd' })).toEqual(['ecuCurrency: must be three capital letters, such as USD']);
  });

  it('refuse prices that do not begin with a month or are no positive decimals', () => {
    const price = (from: unknown, text: unknown) => faultsOf({ ecuPrices: [{ from, price: text }] });
    expect(price('2026-01-02', '1')).toEqual(['ecuPrices.0.from: must be the first day of a month']);
    expect(price('2026-13-01', '1')).toEqual(['ecuPrices.0.from: must be the first day of a month']);
    expect(price('2026-01-01', '0.00')).toEqual(['ecuPrices.0.price: must be a positive decimal such as 0.95']);
    expect(price('2026-01-01', '-1')).toEqual(['ecuPrices.0.price: must be a positive decimal such as 0.95']);
    expect(price('2026-01-01', 0.95)).toEqual(['ecuPrices.0.price: must be a decimal in quotes, such as "0.95"']);
    const twice = [
      { from: '2026-01-01', price: '1' },
      { from: '2026-01-01', price: '2' },
    ];
    expect(faultsOf({ ecuPrices: twice })).toEqual(['ecuPrices: names one month twice']);
  });

  it('refuse a setting that is unknown', () => {
    expect(faultsOf({ region: 'eu' })).toEqual([expect.stringMatching(/^region: /)]);
  });
});

describe('the identity of the data', () => {
  it('changes with the organization, the currency and the prices', () => {
    const prices = [
      { from: '2026-07-01', price: '0.920' },
      { from: '2026-01-01', price: '0.95' },
    ];
    expect(identityOf({})).toEqual(['elastic', 'https://cloud.elastic.co', '2718281828', 'USD', 'nominal']);
    expect(identityOf({ ecuCurrency: 'EUR', ecuPrices: prices })).toEqual([
      'elastic',
      'https://cloud.elastic.co',
      '2718281828',
      'EUR',
      '2026-01-01=0.95,2026-07-01=0.92',
    ]);
  });

  it('is the same for prices that mean the same', () => {
    expect(identityOf({ ecuPrices: [{ from: '2026-01-01', price: '1.50' }] })).toEqual(
      identityOf({ ecuPrices: [{ from: '2026-01-01', price: '1.5' }] }),
    );
  });
});
