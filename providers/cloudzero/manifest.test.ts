import { describe, expect, test } from 'vitest';
import { cloudzero } from './manifest.ts';

const connect = (more: Record<string, unknown>) => cloudzero.connect({ apiKey: 'k-1', ...more });
const faultOf = (more: Record<string, unknown>): string => {
  const result = connect(more);
  return result.ok ? 'accepted' : result.faults.map((fault) => fault.setting).join();
};
const connected = (more: Record<string, unknown>) => {
  const result = connect(more);
  if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
  return result.connector;
};

describe('settings', () => {
  test('only the key is required, and only it is secret', () => {
    expect(cloudzero.settings.filter((each) => each.required).map((each) => each.name)).toEqual(['apiKey']);
    expect(cloudzero.settings.filter((each) => each.secret).map((each) => each.environment)).toEqual([
      'CLOUDZERO_API_KEY',
    ]);
  });

  test('the fallbacks are the documented ones', () => {
    expect(
      Object.fromEntries(cloudzero.settings.map((each) => [each.environment ?? each.name, each.fallback])),
    ).toEqual({
      CLOUDZERO_API_KEY: null,
      CLOUDZERO_BASE_URL: 'https://api.cloudzero.com',
      CLOUDZERO_CURRENCY: 'USD',
      CLOUDZERO_DIALECT: 'auto',
      CLOUDZERO_COST_QUERIES_PER_DAY: '60',
      CLOUDZERO_TELEMETRY_RECORDS_PER_SECOND: '100',
      timeout: null,
    });
    expect(connected({}).identity).toEqual(['cloudzero', 'https://api.cloudzero.com', 'USD']);
    expect(connected({}).limits).toMatchObject({
      concurrency: 2,
      queue: 64,
      timeoutMs: 35_000,
      quotas: [{ name: 'cost-queries', limit: 60, windowMs: 86_400_000 }],
    });
  });

  test.each([1, 10, 60, '1', '10', '59'])('%j cost queries a day are a number of them', (value) => {
    expect(connected({ costQueriesPerDay: value }).limits.quotas[0]?.limit).toBe(Number(value));
  });
  test.each(['0', '61', '1e1', '0x10', '', ' ', ' 5', '5 ', '5\n', '05', '+5', '-5', '5.0', '٣', 0, 61, 1.5, -1, null])(
    '%j cost queries a day are refused',
    (value) => {
      expect(faultOf({ costQueriesPerDay: value })).toBe('costQueriesPerDay');
    },
  );

  test.each([
    ['1s', 1_000],
    ['90s', 90_000],
    ['10 minutes', 600_000],
  ])('a timeout of %s is kept', (value, milliseconds) => {
    expect(connected({ timeout: value }).limits.timeoutMs).toBe(milliseconds);
  });
  test.each(['', '0s', '999ms', '11m', '30', 'soon', 30])('a timeout of %j is refused', (value) => {
    expect(faultOf({ timeout: value })).toBe('timeout');
  });

  test.each(['US', 'USDT', '', 'U$D', 'US\n'])('%j is no currency', (value) => {
    expect(faultOf({ currency: value })).toBe('currency');
  });
  test('a currency in lower case is raised', () => {
    expect(connected({ currency: 'eur' }).identity).toContain('EUR');
  });
  test('a dialect is one of three words', () => {
    expect(faultOf({ dialect: 'Live' })).toBe('dialect');
    expect(faultOf({ dialect: 'live' })).toBe('accepted');
  });
  test('an unknown setting is named', () => {
    expect(faultOf({ region: 'eu' })).toBe('region');
  });
  test('the settings have a JSON Schema', () => {
    expect(Object.keys(cloudzero.settingsJsonSchema().properties ?? {})).toHaveLength(7);
  });
});

test('the key stands bare in Authorization', () => {
  const { credentials } = connected({});
  expect(credentials.kind === 'static' && credentials.headers()).toEqual({ authorization: 'k-1' });
});

test('the identity holds neither key nor dialect, and the capabilities are the same in both dialects', () => {
  const connector = connected({ dialect: 'live', apiKey: 'k-secret' });
  expect(connector.identity).toEqual(connected({}).identity);
  expect(Object.keys(connector.capabilities).sort()).toEqual([
    'accounts',
    'anomalies',
    'bills',
    'budgets',
    'costs',
    'dimensions',
    'monitors',
    'recommendations',
    'telemetry',
    'unitMetrics',
  ]);
});

test('the one cube carries three dimensions and two more', () => {
  expect(connected({}).capabilities.costs.cubes).toEqual([
    {
      id: 'costs',
      grain: 'daily',
      dimensions: ['account', 'service', 'region'],
      optional: ['category', 'resource', 'cloud', 'tag'],
      optionalMax: 2,
      span: 'range',
      monthsMax: 36,
      price: 1,
      quota: 'cost-queries',
    },
  ]);
});
