import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { monthOf } from '../../src/domain/day.ts';
import { add, decimal, decimalText, sum, zero } from '../../src/domain/decimal.ts';
import { type Connector, type CostReading, Failure, type SourceCost } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, type PlainSession, plainSession } from '../../test/support/session.ts';
import { elastic } from './manifest.ts';
import { startElasticSandbox, viewerKey } from './sandbox/sandbox.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
const dimensions = ['account', 'service', 'category', 'resource'] as const;
let sandbox: RunningSandbox;
let connector: Connector;
let session: PlainSession;

beforeAll(async () => {
  sandbox = await startElasticSandbox({ clock });
  connector = connectTo(elastic, sandbox);
  session = plainSession(connector, clock);
  // From here on the session knows the names and prices that a first fill asks for.
  await fill('instances-daily', '2026-11-01', '2026-11-02');
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const fill = (cube: string, start: string, end: string, from = connector, by = session): Promise<CostReading> =>
  fillWhole(from, by, { cube, dimensions, costType: 'billed', start, end });
const total = (rows: readonly SourceCost[]): string => decimalText(sum(rows.map((row) => decimal(row.amount))));
const totalsBy = (rows: readonly SourceCost[], key: (row: SourceCost) => string): Record<string, string> => {
  const totals = new Map<string, ReturnType<typeof decimal>>();
  for (const row of rows) totals.set(key(row), add(totals.get(key(row)) ?? zero, decimal(row.amount)));
  return Object.fromEntries([...totals].sort().map(([name, value]) => [name, decimalText(value)]));
};
const ofRow = (row: SourceCost): string => JSON.stringify(row.values);
const answer = (fixture: string): void =>
  sandbox.faults.set([
    { kind: 'body', body: readFileSync(new URL(`./fixtures/${fixture}.json`, import.meta.url), 'utf8') },
  ]);
const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const thrown: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Failure)) throw new TypeError('expected a failure');
  return thrown;
};

describe('the cubes', () => {
  it('agree to the last digit, row by row', async () => {
    const daily = await fill('instances-daily', '2026-10-01', '2026-11-01');
    const monthly = await fill('instances-monthly', '2026-10-01', '2026-11-01');
    expect(daily.faults).toEqual([]);
    expect(monthly.faults).toEqual([]);
    expect(totalsBy(daily.items, ofRow)).toEqual(totalsBy(monthly.items, ofRow));
    expect(total(daily.items)).toBe(total(monthly.items));
    expect(Number(total(daily.items))).toBeGreaterThan(1000);
    expect(new Set(daily.items.map((row) => row.day)).size).toBe(31);
    expect(new Set(monthly.items.map((row) => row.day))).toEqual(new Set(['2026-10-01']));
  });

  it('answer a part of a month as the sum of its days', async () => {
    const daily = await fill('instances-daily', '2026-11-05', '2026-11-22');
    const monthly = await fill('instances-monthly', '2026-11-05', '2026-11-22');
    expect(total(monthly.items)).toBe(total(daily.items));
    expect(new Set(monthly.items.map((row) => row.day))).toEqual(new Set(['2026-11-01']));
  });

  it('take one call a day and one call a month, with an exclusive end', async () => {
    const before = sandbox.calls.length;
    await fill('instances-daily', '2026-11-01', '2026-11-03');
    await fill('instances-monthly', '2026-10-01', '2026-11-01');
    expect(
      sandbox.calls
        .slice(before)
        .map((call) => decodeURIComponent(call.query))
        .sort(),
    ).toEqual([
      'from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z',
      'from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z',
      'from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z',
    ]);
  });

  it('ask for no day after today', async () => {
    const before = sandbox.calls.length;
    const daily = await fill('instances-daily', '2026-11-20', '2026-12-01');
    expect(sandbox.calls.length - before).toBe(2);
    expect(new Set(daily.items.map((row) => row.day))).toEqual(new Set(['2026-11-20', '2026-11-21']));
    expect((await fill('instances-monthly', '2026-12-01', '2027-01-01')).items).toEqual([]);
    expect(sandbox.calls.length - before).toBe(2);
  });

  it('keep digits that a double would lose', async () => {
    const daily = await fill('instances-daily', '2026-11-10', '2026-11-11');
    const wide = daily.items.filter((row) => row.amount.replace(/^[0.]+|\./g, '').length >= 17);
    expect(wide.length).toBeGreaterThan(3);
    expect(wide.some((row) => String(Number(row.amount)) !== row.amount)).toBe(true);
  });

  it('name instances and SKUs', async () => {
    const reading = await fill('instances-monthly', '2026-10-01', '2026-11-01');
    expect(reading.labels?.account?.get('b5c1e7f09a3d48d2')).toBe('catalogue-semantic-search');
    expect(reading.labels?.resource?.get('aws.data-transfer-out')).toBe('AWS Data Transfer Out');
  });

  it('refuse a shape that does not exist', async () => {
    expect((await failureOf(fill('regions', '2026-10-01', '2026-11-01'))).kind).toBe('internal');
  });

  it('cover the days back to the beginning of the world', async () => {
    const first = await fill('instances-monthly', '2023-11-01', '2023-12-01');
    expect(first.items.length).toBeGreaterThan(5);
    const before = await fill('instances-monthly', '2023-10-01', '2023-11-01');
    expect(before).toMatchObject({ items: [], faults: [] });
  });
});

describe('how far the figures are complete', () => {
  it('is the last day that ended a day ago', async () => {
    expect((await fill('instances-monthly', '2026-11-01', '2026-12-01')).completeThrough).toBe('2026-11-19');
    expect((await fill('instances-daily', '2026-11-19', '2026-11-20')).completeThrough).toBe('2026-11-19');
  });
  it('is unknown for a question that begins later', async () => {
    expect((await fill('instances-daily', '2026-11-20', '2026-11-22')).completeThrough).toBeNull();
  });
});

describe('answers that are odd', () => {
  it('bring a note where an instance is not wholly itemised', async () => {
    answer('instances');
    const reading = await fill('instances-daily', '2026-11-10', '2026-11-11');
    expect(total(reading.items)).toBe('20.66960000000000000077');
    expect(new Set(reading.items.map((row) => `${row.day} ${row.currency}`))).toEqual(new Set(['2026-11-10 USD']));
    expect(reading.faults).toEqual([]);
    expect(reading.notes.map((note) => note.code)).toEqual(['nominal-price', 'unitemised-cost']);
    expect(reading.notes[1]?.message).toContain('c0ffee');
  });

  it('count a total without account where the vendor lists no instance beside it', async () => {
    answer('no-instances');
    const reading = await fill('instances-daily', '2026-11-10', '2026-11-11');
    expect(reading.items).toMatchObject([{ values: [null, null, null, null], amount: '14.0214' }]);
    expect(reading.faults).toEqual([]);
    expect(reading.notes.map((note) => note.code)).toEqual(['nominal-price', 'unlisted-cost']);
  });

  it('name the day in the path of a fault, and bring one note for all days of a month', async () => {
    answer('malformed-instances');
    const reading = await fill('instances-daily', '2026-11-01', '2026-11-11');
    expect(reading.faults.map((fault) => fault.path)).toContain('2026-11-10:instances[2].id');
    expect(reading.notes.map((note) => note.code)).toEqual(['nominal-price', 'unitemised-cost', 'total-differs']);
    expect(reading.notes[2]?.message).toContain('2026-11');
  });

  it('are refused where their shape is another', async () => {
    for (const body of ['[]', '{}', 'null', '{"total_ecu":1}', '{"instances":{}}', '{"errors":[]}', '{"x":NaN}', '']) {
      sandbox.faults.set([{ kind: 'body', body }]);
      expect((await failureOf(fill('instances-monthly', '2026-10-01', '2026-11-01'))).kind).toBe('vendor-malformed');
    }
    sandbox.faults.set([{ kind: 'garbage' }]);
    expect((await failureOf(fill('instances-daily', '2026-11-10', '2026-11-11'))).kind).toBe('vendor-malformed');
  });
});

describe('prices of contract', () => {
  it('multiply exactly, by the month of the day', async () => {
    const ecuPrices = [
      { from: '2026-10-01', price: '0.9375' },
      { from: '2026-11-01', price: '0.95' },
    ];
    const result = elastic.connect({ ...sandbox.settings, ecuCurrency: 'EUR', ecuPrices });
    if (!result.ok) throw new TypeError(JSON.stringify(result.faults));
    const priced = plainSession(result.connector, clock);
    answer('instances');
    const dayIn = (start: string, end: string) => fill('instances-daily', start, end, result.connector, priced);
    const reading = await dayIn('2026-10-31', '2026-11-02');
    expect(totalsBy(reading.items, (row) => `${monthOf(row.day)} ${row.currency}`)).toEqual({
      '2026-10 EUR': '19.377750000000000000721875',
      '2026-11 EUR': '19.6361200000000000007315',
    });
    expect(reading.notes.map((note) => note.code)).toEqual(['contract-price', 'unitemised-cost', 'contract-price']);
    const before = await dayIn('2026-09-30', '2026-10-01');
    expect(total(before.items)).toBe('20.66960000000000000077');
    expect(before.notes[0]).toEqual({
      code: 'nominal-price',
      message: 'one ECU taken as 1 EUR for days before 2026-10-01',
    });
  });
});

describe('refusals of the vendor', () => {
  const kindWith = async (more: Record<string, string>): Promise<Failure> => {
    const other = connectTo(elastic, sandbox, more);
    return failureOf(fill('instances-monthly', '2026-10-01', '2026-11-01', other, plainSession(other, clock)));
  };
  it('are told apart: key, role, organization', async () => {
    expect((await kindWith({ apiKey: 'wrong' })).kind).toBe('credentials-rejected');
    const role = await kindWith({ apiKey: viewerKey });
    expect(role.kind).toBe('permission-missing');
    expect(role.details.public).toContain('billing-costs:get:2718281828');
    expect((await kindWith({ organizationId: 'another' })).kind).toBe('vendor-not-found');
  });

  it('fail the fill where one day of many is throttled', async () => {
    sandbox.faults.set([{ kind: 'throttle', times: 1, retryAfter: '30' }]);
    expect((await failureOf(fill('instances-daily', '2026-11-01', '2026-11-04'))).kind).toBe('vendor-throttled');
  });

  it('that every day would meet end the fill after few calls', async () => {
    sandbox.faults.set([{ kind: 'status', path: '/api/v2', status: 403, body: '403: no' }]);
    const before = sandbox.calls.length;
    expect((await failureOf(fill('instances-daily', '2026-09-01', '2026-10-01'))).kind).toBe('permission-missing');
    expect(sandbox.calls.length - before).toBeLessThanOrEqual(6);
  });

  it('refuse a key that has just been revoked', async () => {
    sandbox.faults.set([{ kind: 'invalidate-tokens', times: 1 }]);
    expect((await failureOf(fill('instances-monthly', '2026-10-01', '2026-11-01'))).kind).toBe('credentials-rejected');
    expect((await fill('instances-monthly', '2026-10-01', '2026-11-01')).items.length).toBeGreaterThan(0);
  });
});
