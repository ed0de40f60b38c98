import { expect, test } from 'vitest';
import { type ReadAnswer, readDocumented } from '../../../test/support/documented-answers.ts';
import { fillWhole } from '../../../test/support/session.ts';
import { operations } from '../catalogue.ts';
import { elastic } from '../manifest.ts';

/**
 * The documents have no examples of answers, so these are made from their schemas: `whole` with every member, `sparse`
 * with what a member of a list must have at least, and `bare` with what the whole answer must have at least.
 */

const connected = elastic.connect({ apiKey: 'k', organizationId: '7' });
if (!connected.ok) throw new TypeError('the settings of this test are wrong');
const { connector } = connected;
const { costs, accounts, budgets } = connector.capabilities;

const filled =
  (cube: string): ReadAnswer =>
  (session) => {
    const dimensions = costs.cubes.find(({ id }) => id === cube)?.dimensions ?? [];
    return fillWhole(connector, session, {
      cube,
      dimensions,
      costType: 'billed',
      start: '2026-11-01',
      end: '2026-11-02',
    });
  };

const readings: Readonly<Record<string, ReadAnswer>> = {
  ...Object.fromEntries(costs.cubes.map(({ id }) => [id, filled(id)])),
  accounts: (session) => accounts?.list(session),
  budgets: (session) => budgets?.list(session),
};

/** A schema does not say that a number is a time, or that a text is a currency. */
const values = { timestamp: 1793491200, currency: 'USD' };

const outcomes: Readonly<Record<string, string>> = {
  'whole instances-daily': '1 read; notes nominal-price',
  'whole instances-monthly': '1 read; notes nominal-price',
  'whole instances-chart-daily': '1 read; notes nominal-price, charts-unused',
  'whole accounts': '1 read; notes nominal-price',
  'whole budgets': '1 read; notes ecu-budget, nominal-price',
  'sparse instances-daily': '1 read; notes nominal-price',
  'sparse instances-monthly': '1 read; notes nominal-price',
  'sparse instances-chart-daily': '1 read; notes nominal-price, charts-unused',
  'sparse accounts': '1 read; notes nominal-price',
  'sparse budgets': '1 read; notes ecu-budget, nominal-price',
  'bare instances-daily': '1 read; notes nominal-price',
  'bare instances-monthly': '1 read; notes nominal-price',
  'bare instances-chart-daily': '1 read; notes nominal-price, charts-unused',
  'bare accounts': '1 read; notes nominal-price',
  'bare budgets': '1 read; notes ecu-budget, nominal-price',
};

const extents = ['whole', 'sparse', 'bare'] as const;
const cases = extents.flatMap((extent) =>
  Object.entries(readings).map(([name, read]) => ({ title: `${extent} ${name}`, extent, read })),
);

test.each(cases)('$title', async ({ title, extent, read }) => {
  const vendor = { connector, provider: 'elastic', dialect: 'billing', extent, values };
  expect((await readDocumented(vendor, read)).outcome).toBe(outcomes[title]);
});

test('every operation that is read is read here, but for what is read before a write or described nowhere', async () => {
  const vendor = { connector, provider: 'elastic', dialect: 'billing', extent: 'whole', values } as const;
  const read = await Promise.all(Object.values(readings).map((each) => readDocumented(vendor, each)));
  const asked = new Set(read.flatMap((each) => [...each.asked]));
  const used = Object.values(operations).filter(({ effect }) => effect === 'read');
  expect(used.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual(['getLineItems', 'getBudget']);
});
