import { describe, expect, it } from 'vitest';
import { configOf, faultsOf, withFile } from './toys.ts';

const key = { TOY_API_KEY: 'key' };
const inFile = (yaml: string) => faultsOf(...withFile(yaml, key));

describe('the YAML of the connections file', () => {
  it.each([
    ['an alias', 'connections: []\nbudgets: &all []\nmonitors: *all', 'line 2 has an anchor; write the value out'],
    ['an alias to nothing', 'connections: *all', 'line 1 has an alias; write the value out'],
    ['a tag', 'connections: !!seq []', 'line 1 has a tag; values are plain text here'],
    ['a tag of a language', 'connections: !!js/function "x"', 'line 1 has a tag; values are plain text here'],
    ['a key twice', 'connections: []\nbudgets: []\nconnections: []', 'line 3 names a key for the second time'],
    ['a merge key', 'connections:\n  - <<: { id: a }', 'line 2 has a merge key; write the fields out'],
    ['a prototype', '__proto__: { connections: [] }', 'line 1 has a key that is not allowed'],
    ['two documents', 'connections: []\n---\nconnections: []', 'line 2 must hold one document only'],
    ['a key that is a list', '? [a]\n: b', 'line 1 has a key that is no plain text'],
    ['an open bracket', 'connections: [', 'line 1 has a faulty indentation or an unclosed bracket'],
    ['deep nesting', `connections: ${'['.repeat(20)}${']'.repeat(20)}`, 'line 1 is nested deeper than 16'],
  ])('is refused for %s', (_what, yaml, message) => {
    expect(inFile(yaml)).toContain(`CONNECTIONS_FILE ${message}`);
  });

  it.each([
    [
      'a laughing bomb',
      Array.from(
        { length: 9 },
        (_, level) => `k${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1},`.repeat(9)}]`,
      ).join('\n'),
    ],
    ['many brackets', '['.repeat(200_000)],
    ['many quotes', '"'.repeat(200_000)],
    ['many keys', Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['many anchors', '&a '.repeat(60_000)],
    ['a file beyond the bound', `# ${'x'.repeat(300_000)}`],
  ])('is refused without a hang for %s', (_what, yaml) => {
    expect(inFile(yaml).length).toBeGreaterThan(0);
  });

  it('is refused with few messages however many faults there are', () => {
    expect(inFile('&a '.repeat(1_000)).length).toBeLessThanOrEqual(10);
  });

  it('must be a map of known sections, each a list', () => {
    expect(inFile('- a')).toEqual([
      'CONNECTIONS_FILE must hold a map of connections, budgets, monitors, exchangeRates, exports',
    ]);
    expect(inFile('connection: []\nbudgets: {}\n')).toEqual([
      'CONNECTIONS_FILE connection is not a known section; known are connections, budgets, monitors, exchangeRates, exports',
      'CONNECTIONS_FILE budgets must be a list',
    ]);
  });

  it('may leave sections out or empty', () => {
    expect(configOf(...withFile('budgets:\nmonitors: []\n', key)).config.budgets).toEqual([]);
  });

  it('must be there if it is named', () => {
    expect(faultsOf({ ...key, CONNECTIONS_FILE: '/nowhere.yaml' })).toEqual([
      'CONNECTIONS_FILE names a file that cannot be read: there is no such file',
    ]);
    expect(faultsOf({ CONNECTIONS_FILE: '/nowhere.yaml' })).toHaveLength(1);
    expect(inFile('\n')).toEqual(['CONNECTIONS_FILE names a file that is empty']);
  });
});

describe('budgets of the file', () => {
  it('keep every digit, in the canonical form', () => {
    const yaml = `
budgets:
  - id: core
    connection: toy
    name: Core platform
    period: monthly
    limit: { amount: 25000.500000000000000000010, currency: USD }
    alerts: [{ thresholdPercent: 80 }, { thresholdPercent: "99.50" }]
    scope: { account: "0042", service: storage }
  - { id: rest, connection: toy, name: 2026, period: annual, limit: { amount: 1, currency: EUR } }
`;
    expect(configOf(...withFile(yaml, key)).config.budgets).toEqual([
      {
        id: 'core',
        connection: 'toy',
        name: 'Core platform',
        period: 'monthly',
        limit: { amount: '25000.50000000000000000001', currency: 'USD' },
        alerts: [
          { thresholdPercent: '80', recipients: [] },
          { thresholdPercent: '99.5', recipients: [] },
        ],
        scope: { account: '0042', service: 'storage' },
      },
      {
        ...{ id: 'rest', connection: 'toy', name: '2026', period: 'annual', alerts: [], scope: {} },
        limit: { amount: '1', currency: 'EUR' },
      },
    ]);
  });

  it('are refused field by field', () => {
    const yaml = `
budgets:
  - { id: a, connection: nobody, name: A, period: monthly, limit: { amount: 1, currency: USD } }
  - { id: a, connection: toy, name: A, period: daily, limit: { amount: 1e3, currency: usd }, owner: me }
  - { id: a, connection: toy, name: A, period: monthly, limit: { amount: 1, currency: USD } }
  - { id: b, connection: toy, name: " ", period: monthly, limit: 5 }
  - { id: c, connection: toy, name: C, period: monthly, limit: { amount: -1, currency: USD, unit: x }, alerts: [{ thresholdPercent: 80, recipients: [ops@example.com] }] }
`;
    expect(inFile(yaml)).toEqual([
      'CONNECTIONS_FILE budgets[1].period must be monthly, quarterly or annual',
      'CONNECTIONS_FILE budgets[1].limit.amount must be a decimal above 0, such as 25000.50',
      'CONNECTIONS_FILE budgets[1].limit.currency must be three capital letters, such as USD',
      'CONNECTIONS_FILE budgets[1].owner is not a known field; known are id, connection, name, period, limit, alerts, scope',
      'CONNECTIONS_FILE budgets[3].name is empty; leave it out or give a value',
      'CONNECTIONS_FILE budgets[3].limit must be an amount and a currency',
      'CONNECTIONS_FILE budgets[4].limit.amount must be a decimal above 0, such as 25000.50',
      'CONNECTIONS_FILE budgets[4].limit.unit is not a known field',
      'CONNECTIONS_FILE budgets[4].alerts.0.recipients must be left out: the gateway sends no mail',
      'CONNECTIONS_FILE budgets[2].id is the second one named a',
      'CONNECTIONS_FILE budgets[0].connection is not a known connection; known are toy',
    ]);
  });
});

describe('monitors of the file', () => {
  it('are kept with their defaults', () => {
    const yaml = `
monitors:
  - { id: plain, connection: toy, name: Plain }
  - id: watch
    connection: toy
    name: Database watch
    description: What the databases cost
    filters: { service: [database], "tag:team": [a, b] }
    groupBy: [service, tag:team]
    sensitivity: high
    minImpact: { amount: 10.00, currency: USD }
`;
    expect(configOf(...withFile(yaml, key)).config.monitors).toEqual([
      {
        ...{ id: 'plain', connection: 'toy', name: 'Plain', description: null, filters: {}, groupBy: [] },
        ...{ sensitivity: 'medium', minImpact: null },
      },
      {
        ...{ id: 'watch', connection: 'toy', name: 'Database watch', description: 'What the databases cost' },
        ...{ filters: { service: ['database'], 'tag:team': ['a', 'b'] }, groupBy: ['service', 'tag:team'] },
        ...{ sensitivity: 'high', minImpact: { amount: '10', currency: 'USD' } },
      },
    ]);
  });

  it('are refused field by field', () => {
    const yaml = `
monitors:
  - { id: a, connection: toy, name: A, filters: { colour: [red], service: [] }, groupBy: [shape], sensitivity: huge }
`;
    expect(inFile(yaml)).toEqual([
      'CONNECTIONS_FILE monitors[0].filters.colour must be account, service, region, category, resource or tag:<key>',
      'CONNECTIONS_FILE monitors[0].filters.service must not be empty',
      'CONNECTIONS_FILE monitors[0].groupBy.0 must be account, service, region, category, resource or tag:<key>',
      'CONNECTIONS_FILE monitors[0].sensitivity must be low, medium or high',
    ]);
  });
});

describe('exchange rates of the file', () => {
  it('keep every digit and are open-ended without validTo', () => {
    const yaml = `
exchangeRates:
  - { from: INR, to: USD, rate: 0.0111140, validFrom: 2026-01-01, validTo: 2026-02-01 }
  - { from: INR, to: USD, rate: 0.011200000000000000003, validFrom: 2026-02-01 }
`;
    expect(configOf(...withFile(yaml, key)).config.exchangeRates).toEqual([
      { from: 'INR', to: 'USD', rate: '0.011114', validFrom: '2026-01-01', validTo: '2026-02-01', custom: true },
      {
        ...{ from: 'INR', to: 'USD', rate: '0.011200000000000000003', custom: true },
        ...{ validFrom: '2026-02-01', validTo: '9999-12-31' },
      },
    ]);
  });

  it('are refused when they make no sense or overlap', () => {
    const yaml = `
exchangeRates:
  - { from: INR, to: INR, rate: 1, validFrom: 2026-01-01 }
  - { from: INR, to: USD, rate: 0, validFrom: 2026-02-30 }
  - { from: INR, to: USD, rate: 1, validFrom: 2026-02-01, validTo: 2026-02-01 }
  - { from: EUR, to: USD, rate: 1.1, validFrom: 2026-01-01 }
  - { from: EUR, to: USD, rate: 1.2, validFrom: 2026-06-01 }
`;
    expect(inFile(yaml)).toEqual([
      'CONNECTIONS_FILE exchangeRates[0].to must differ from from',
      'CONNECTIONS_FILE exchangeRates[1].rate must be a decimal above 0, such as 0.011114',
      'CONNECTIONS_FILE exchangeRates[1].validFrom must be a day such as 2026-01-01',
      'CONNECTIONS_FILE exchangeRates[2].validTo must lie after validFrom',
      'CONNECTIONS_FILE exchangeRates[4] overlaps with CONNECTIONS_FILE exchangeRates[3]',
    ]);
  });
});

describe('exports of the file', () => {
  const two = `
connections:
  - { id: one, provider: toy, apiKey: a }
  - { id: two, provider: toy, apiKey: b }
`;
  it('are kept with their defaults and their time of day', () => {
    const yaml = `${two}
exports:
  - { from: one, to: two, connectionId: stream-1 }
  - { from: two, to: one, connectionId: stream-2, operation: replace_hourly, at: 23:45 }
`;
    expect(configOf(...withFile(yaml)).config.exports).toEqual([
      { from: 'one', to: 'two', connectionId: 'stream-1', operation: 'replace_drop', atMinute: 300 },
      { from: 'two', to: 'one', connectionId: 'stream-2', operation: 'replace_hourly', atMinute: 1_425 },
    ]);
  });

  it('are refused field by field', () => {
    const yaml = `${two}
exports:
  - { from: one, to: one, connectionId: stream-1 }
  - { from: one, to: two, connectionId: '', operation: append, at: 24:00 }
  - { from: one, to: three, connectionId: stream-1 }
  - { from: three, to: two, connectionId: stream-1 }
`;
    expect(faultsOf(...withFile(yaml))).toEqual([
      'CONNECTIONS_FILE exports[0].to must differ from from',
      'CONNECTIONS_FILE exports[1].connectionId is empty; leave it out or give a value',
      'CONNECTIONS_FILE exports[1].operation must be one of replace_drop, replace_hourly, sum',
      'CONNECTIONS_FILE exports[1].at must be a time of day such as 05:30, UTC',
      'CONNECTIONS_FILE exports[3].from is not a known connection; known are one, two',
      'CONNECTIONS_FILE exports[2].to is not a known connection; known are one, two',
    ]);
  });
});
