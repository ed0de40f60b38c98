import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import type { Account } from '../../src/domain/nouns.ts';
import type { Connector, Reading } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../test/support/session.ts';
import { elastic } from './manifest.ts';
import { startElasticSandbox } from './sandbox/sandbox.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const dimensions = ['account', 'service', 'category', 'resource', 'cloud'] as const;
let sandbox: RunningSandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startElasticSandbox({ clock });
  connector = connectTo(elastic, sandbox);
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const accounts = async (at: VirtualClock = clock): Promise<Reading<Account>> => {
  const reading = await connector.capabilities.accounts?.list(plainSession(connector, at));
  if (reading === undefined) throw new TypeError('expected a list of accounts');
  return reading;
};
const costOf = async (account: string, start: string, end: string): Promise<string> => {
  const question = { cube: 'instances-daily', dimensions, costType: 'billed', start, end } as const;
  const reading = await fillWhole(connector, plainSession(connector, clock), question);
  const rows = reading.items.filter((row) => row.values[0] === account);
  return decimalText(sum(rows.map((row) => decimal(row.amount))));
};
const answer = (fixture: string): void =>
  sandbox.faults.set([
    { kind: 'body', body: readFileSync(new URL(`./fixtures/${fixture}.json`, import.meta.url), 'utf8') },
  ]);

describe('what an Elastic Cloud connection can do', () => {
  it('is costs, budgets, accounts, commitments and dimensions, and nothing else', () => {
    expect(Object.keys(connector.capabilities)).toEqual(['costs', 'budgets', 'accounts', 'commitments', 'dimensions']);
    expect(connector.capabilities.costs.costTypes).toEqual(['billed']);
  });

  it('lists its dimensions without a call', async () => {
    const before = sandbox.calls.length;
    const reading = await connector.capabilities.dimensions?.list(plainSession(connector, clock));
    expect(reading).toEqual({ items: dimensions, notes: [], faults: [] });
    expect(sandbox.calls.length).toBe(before);
  });
});

describe('accounts', () => {
  it('are the deployments and projects of this month, in two calls', async () => {
    const before = sandbox.calls.length;
    const reading = await accounts();
    expect(sandbox.calls.slice(before).filter(({ path }) => path.endsWith('/costs/instances'))).toHaveLength(2);
    expect(reading.faults).toEqual([]);
    expect(reading.notes.map((note) => note.code)).toEqual(['nominal-price']);
    expect(reading.items.map((account) => `${account.kind} ${account.name} ${account.state}`)).toEqual([
      'deployment shop-search-production active',
      'deployment shop-logs-production active',
      'deployment shop-search-staging active',
      'deployment payments-observability-eu active',
      'deployment data-science-sandbox active',
      'project catalogue-semantic-search active',
      'project platform-observability active',
      'project security-operations active',
    ]);
  });

  it('carry the same figures as the cost rows', async () => {
    const project = (await accounts()).items.find((account) => account.nativeId === 'b5c1e7f09a3d48d2');
    expect(project?.currentMonth).toEqual({
      amount: await costOf('b5c1e7f09a3d48d2', '2026-11-01', '2026-11-22'),
      currency: 'USD',
    });
    expect(project?.previousMonth).toEqual({
      amount: await costOf('b5c1e7f09a3d48d2', '2026-10-01', '2026-11-01'),
      currency: 'USD',
    });
  });

  it('know no spend of a month in which an instance did not run', async () => {
    const reading = await accounts(new VirtualClock('2026-01-21T10:00:00Z'));
    const project = reading.items.find((account) => account.name === 'security-operations');
    expect(project?.currentMonth).not.toBeNull();
    expect(project?.previousMonth).toBeNull();
  });

  it('are those of the month before while the vendor has not reported this one', async () => {
    const reading = await accounts(new VirtualClock('2026-12-01T10:00:00Z'));
    expect(reading.items.length).toBe(8);
    for (const account of reading.items) {
      expect(account.currentMonth).toBeNull();
      expect(account.previousMonth).not.toBeNull();
    }
  });

  it('no longer are, once the first day of a month is reported', async () => {
    expect((await accounts(new VirtualClock('2026-12-03T10:00:00Z'))).items).toEqual([]);
  });

  it('without a readable total have no spend, and the fault is named', async () => {
    answer('malformed-instances');
    const reading = await accounts();
    const unreadable = reading.items.find((account) => account.nativeId === 'total-unreadable');
    expect(unreadable).toMatchObject({ currentMonth: null, previousMonth: null, name: 'total-unreadable' });
    expect(reading.faults.map((fault) => fault.path)).toContain('2026-11:instances[3].total_ecu');
    expect(reading.faults.map((fault) => fault.path)).toContain('2026-10:instances[3].total_ecu');
  });
});
