import { expect, test } from 'vitest';
import { type DocumentedVendor, type ReadAnswer, readDocumented } from '../../../test/support/documented-answers.ts';
import { fillWhole } from '../../../test/support/session.ts';
import { operations } from '../catalogue.ts';
import { cloudzero } from '../manifest.ts';

/**
 * The documents have no examples of answers, so these are made from their schemas: `whole` with every member, `sparse`
 * with what a member of a list must have at least, and `bare` with what the whole answer must have at least.
 */

const dialects = ['live', 'published'] as const;
const extents = ['whole', 'sparse', 'bare'] as const;

const connect = (dialect: string) => {
  const connected = cloudzero.connect({ apiKey: 'k', dialect });
  if (!connected.ok) throw new TypeError('the settings of this test are wrong');
  return connected.connector;
};
const connectors = { live: connect('live'), published: connect('published') };

/** A schema does not say that a list ends, or that a text holds an amount. */
const values = {
  has_next: false,
  next_cursor: null,
  next: undefined,
  total_count: 1,
  total: 1,
  actual: '12.5',
  planned: '20',
};

const readings = (dialect: (typeof dialects)[number]): Readonly<Record<string, ReadAnswer>> => {
  const { capabilities, ...connector } = connectors[dialect];
  const question = {
    cube: capabilities.costs.cubes[0]?.id ?? '',
    dimensions: [],
    costType: 'billed',
    start: '2026-11-01',
    end: '2026-11-02',
  } as const;
  return {
    costs: (session) => fillWhole({ capabilities, ...connector }, session, question),
    dimensions: (session) => capabilities.dimensions?.list(session),
    budgets: (session) => capabilities.budgets?.list(session),
    'budget history': (session) => capabilities.budgets?.history?.(session, 'text'),
    anomalies: (session) => capabilities.anomalies?.list(session, { start: '1970-01-01', end: '2026-11-02' }),
    monitors: (session) => capabilities.monitors?.list(session),
    recommendations: (session) => capabilities.recommendations?.list(session),
  };
};

const outcomes: Readonly<Record<string, string>> = {
  'live whole costs': '1 read',
  'live whole dimensions': '1 read',
  'live whole budgets': '1 read; notes budget-real-cost',
  'live whole budget history': '1 read; notes budget-real-cost, alerts-incomplete',
  'live whole anomalies': '1 read; notes anomaly-impact-only',
  'live whole monitors': '1 read; notes sensitivity-automatic',
  'live whole recommendations':
    '1 read; notes recommendations-from-one, insights-included; faults recommendations(id=text) came twice with different content; the first is kept',
  'live sparse costs': '0 read; faults costs[0].usage_date Invalid input: expected string, received undefined',
  'live sparse dimensions': '0 read; faults dimensions[0].id Invalid input: expected string, received undefined',
  'live sparse budgets': '1 read; notes budget-real-cost',
  'live sparse budget history': '1 read; notes budget-real-cost, alerts-incomplete',
  'live sparse anomalies': '0 read; notes anomaly-without-impact',
  'live sparse monitors': '1 read; notes sensitivity-automatic',
  'live sparse recommendations':
    '1 read; notes recommendations-from-one, insights-included; faults recommendations(id=text) came twice with different content; the first is kept',
  'live bare costs': 'fails: the cost query: costs Invalid input: expected array, received undefined',
  'live bare dimensions': 'fails: the dimension list: data Invalid input: expected array, received undefined',
  'live bare budgets': 'fails: the budget list: budgets Invalid input: expected array, received undefined',
  'live bare budget history':
    'fails: the history of a budget: budget.history Invalid input: expected object, received undefined',
  'live bare anomalies': 'fails: the insight list: insights Invalid input: expected array, received undefined',
  'live bare monitors': 'fails: the view list: views Invalid input: expected array, received undefined',
  'live bare recommendations':
    'fails: the list of recommendations: recommendations Invalid input: expected array, received undefined',
  'published whole costs': '1 read',
  'published whole dimensions': '1 read',
  'published whole budgets': '1 read',
  'published whole budget history': 'is not known to the vendor',
  'published whole anomalies': '0 read; notes published-has-no-anomalies',
  'published whole monitors': '1 read; notes sensitivity-unknown',
  'published whole recommendations': '0 read; notes published-insights-are-monitors',
  'published sparse costs': '0 read; faults data[0].group Invalid input: expected object, received undefined',
  'published sparse dimensions': '0 read; faults data[0].id Invalid input: expected string, received undefined',
  'published sparse budgets': '0 read; faults data[0].id Invalid input',
  'published sparse budget history': 'is not known to the vendor',
  'published sparse anomalies': '0 read; notes published-has-no-anomalies',
  'published sparse monitors': '0 read; faults data[0].id Invalid input',
  'published sparse recommendations': '0 read; notes published-insights-are-monitors',
  'published bare costs': 'fails: the cost query: data Invalid input: expected array, received undefined',
  'published bare dimensions': 'fails: the dimension list: data Invalid input: expected array, received undefined',
  'published bare budgets': 'fails: the budget list: data Invalid input: expected array, received undefined',
  'published bare budget history': 'is not known to the vendor',
  'published bare anomalies': '0 read; notes published-has-no-anomalies',
  'published bare monitors': 'fails: the insight list: data Invalid input: expected array, received undefined',
  'published bare recommendations': '0 read; notes published-insights-are-monitors',
};

const cases = dialects.flatMap((dialect) =>
  extents.flatMap((extent) =>
    Object.entries(readings(dialect)).map(([name, read]) => ({
      title: `${dialect} ${extent} ${name}`,
      dialect,
      extent,
      name,
      read,
    })),
  ),
);

test.each(cases)('$title', async ({ title, dialect, extent, name, read }) => {
  const vendor: DocumentedVendor = {
    connector: connectors[dialect],
    provider: 'cloudzero',
    dialect,
    extent,
    // History is of months that have passed.
    keys: { alerts: '80', monthly: name === 'budget history' ? '2026-10-01' : '2026-11-01T00:00:00+00:00' },
    values: { ...values, ...(name === 'anomalies' ? { category: 'Anomaly' } : {}) },
  };
  expect((await readDocumented(vendor, read)).outcome).toBe(outcomes[title]);
});

test('every operation that is read is read here, but for what is read before a write', async () => {
  const read = await Promise.all(
    dialects.flatMap((dialect) =>
      Object.values(readings(dialect)).map((each) =>
        readDocumented(
          { connector: connectors[dialect], provider: 'cloudzero', dialect, extent: 'whole', values },
          each,
        ),
      ),
    ),
  );
  const asked = new Set(read.flatMap((each) => [...each.asked]));
  const used = Object.values(operations).filter(({ effect }) => effect === 'read');
  expect(used.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([
    'getOneView',
    'validateOneAnyCostStreamConnectionBillingDrop',
  ]);
});
