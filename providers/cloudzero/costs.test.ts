import { afterEach, describe, expect, test } from 'vitest';
import { type CostType, costTypes } from '../../src/domain/cost.ts';
import { daysIn } from '../../src/domain/day.ts';
import { decimal, decimalText, sum } from '../../src/domain/decimal.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import type { CostReading, SourceCost } from '../../src/vendor/kit/index.ts';
import type { RunningSandbox } from '../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../test/support/clock.ts';
import { connectTo, fillWhole, plainSession } from '../../test/support/session.ts';
import { cloudzero } from './manifest.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const core: readonly Dimension[] = ['account', 'service', 'region'];

const open = async (variant: string, settings: Record<string, string> = {}) => {
  const clock = new VirtualClock();
  const sandbox = await cloudzero.sandbox({ clock, variant });
  running.push(sandbox);
  const connector = connectTo(cloudzero, sandbox, settings);
  const session = plainSession(connector, clock);
  const fill = (
    start: string,
    end: string,
    more: { costType?: CostType; dimensions?: readonly Dimension[] } = {},
  ): Promise<CostReading> =>
    fillWhole(connector, session, {
      cube: 'costs',
      dimensions: more.dimensions ?? core,
      costType: more.costType ?? 'billed',
      start,
      end,
    });
  const queries = () => sandbox.calls.filter((call) => call.path === '/v2/billing/costs');
  return { clock, sandbox, connector, session, fill, queries };
};

const total = (items: readonly SourceCost[]): string => decimalText(sum(items.map((item) => decimal(item.amount))));
const byValue = (items: readonly SourceCost[], at: number): Record<string, string> => {
  const groups = new Map<string, SourceCost[]>();
  for (const item of items) {
    const key = String(item.values[at] ?? null);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return Object.fromEntries([...groups].map(([key, members]) => [key, total(members)]));
};

/** The total that the sandbox reports, requested directly. */
const monthlyTotal = async (sandbox: RunningSandbox, costType: string, start: string, end: string): Promise<string> => {
  const query = `start_date=${start}&end_date=${end}&granularity=monthly&cost_type=${costType}`;
  const answer = await fetch(`${sandbox.url}/v2/billing/costs?${query}`, {
    headers: { authorization: sandbox.settings.apiKey ?? '' },
  });
  const amounts = [...(await answer.text()).matchAll(/"cost":(-?[\d.]+)/g)].map((match) => decimal(match[1] ?? ''));
  return decimalText(sum(amounts));
};

describe.each(['live', 'published'])('costs, %s', (variant) => {
  test('a month is one charged query and has a row for each day and place', async () => {
    const { fill, sandbox } = await open(variant);
    const reading = await fill('2026-10-01', '2026-11-01');
    expect(reading.faults).toEqual([]);
    expect(reading.notes).toEqual([]);
    expect(new Set(reading.items.map((item) => item.day))).toEqual(new Set(daysIn('2026-10-01', '2026-11-01')));
    expect(reading.items.every((item) => item.currency === 'USD' && item.values.length === 3)).toBe(true);
    expect(new Set(reading.items.map((item) => JSON.stringify([item.day, item.values]))).size).toBe(
      reading.items.length,
    );
    expect(sandbox.calls.map((call) => `${call.method} ${call.path}`)).toEqual([
      'GET /v2/billing/dimensions',
      `${variant === 'live' ? 'GET' : 'POST'} /v2/billing/costs`,
    ]);
  });

  test('days add up to months and groups to totals, to the last digit', async () => {
    const { fill } = await open(variant);
    const quarter = await fill('2026-08-01', '2026-11-01');
    const months = [
      await fill('2026-08-01', '2026-09-01'),
      await fill('2026-09-01', '2026-10-01'),
      await fill('2026-10-01', '2026-11-01'),
    ];
    const days = await Promise.all(
      daysIn('2026-10-01', '2026-10-08').map((day, index) =>
        fill(day, `2026-10-${String(index + 2).padStart(2, '0')}`),
      ),
    );
    expect(total(months.flatMap((month) => month.items))).toBe(total(quarter.items));
    expect(total(days.flatMap((day) => day.items))).toBe(total((await fill('2026-10-01', '2026-10-08')).items));
    for (const at of [0, 1, 2]) {
      const groups = Object.values(byValue(quarter.items, at)).map(decimal);
      expect(decimalText(sum(groups))).toBe(total(quarter.items));
    }
  });

  test('finer questions split the same figures', async () => {
    const { fill } = await open(variant);
    const plain = await fill('2026-10-01', '2026-11-01');
    const optional: Dimension[][] = [
      ['category', 'resource'],
      ['tag:Environment', 'tag:Team'],
      ['tag:Product'],
      ['tag:CZ:Defined:ServiceDetail'],
    ];
    for (const more of optional) {
      const finer = await fill('2026-10-01', '2026-11-01', { dimensions: [...core, ...more] });
      expect(finer.notes).toEqual([]);
      expect(finer.items[0]?.values).toHaveLength(3 + more.length);
      expect(byValue(finer.items, 1)).toEqual(byValue(plain.items, 1));
      expect(new Set(finer.items.map((item) => item.values[3])).size).toBeGreaterThan(1);
    }
  });

  test('all four cost types have their own figure', async () => {
    const { fill } = await open(variant);
    const totals = new Map<CostType, string>();
    for (const costType of costTypes)
      totals.set(costType, total((await fill('2026-10-01', '2026-11-01', { costType })).items));
    expect(new Set(totals.values()).size).toBe(4);
  });

  test('amounts keep more digits than a double has', async () => {
    const { fill } = await open(variant);
    const { items } = await fill('2026-10-01', '2026-11-01');
    const wide = items.filter((item) => item.amount.replace(/[-.]/g, '').replace(/^0+/, '').length >= 17);
    expect(wide.length).toBeGreaterThan(100);
    expect(wide.some((item) => String(Number(item.amount)) !== item.amount)).toBe(true);
  });

  test('places without a value are null, in core and in optional dimensions', async () => {
    const { fill } = await open(variant);
    const { items } = await fill('2026-10-01', '2026-10-02', { dimensions: [...core, 'tag:Team', 'resource'] });
    expect(items.some((item) => item.values[1] === 'AmazonCloudFront' && item.values[2] === null)).toBe(true);
    expect(items.some((item) => item.values[3] === null)).toBe(true);
    expect(items.some((item) => item.values[4] === null)).toBe(true);
    expect(items.flatMap((item) => item.values)).not.toContain('__NULL_PARTITION_VALUE__');
  });

  test('a dimension that the organisation lacks is null and named; the cost is all there', async () => {
    const { fill } = await open(variant);
    const plain = await fill('2026-10-01', '2026-10-03');
    const asked = await fill('2026-10-01', '2026-10-03', { dimensions: [...core, 'tag:nobody', 'tag:Team'] });
    expect(asked.notes.map((note) => note.code)).toEqual(['dimension-unknown']);
    expect(asked.notes[0]?.message).toContain('tag:nobody');
    expect(asked.items.every((item) => item.values.length === 5 && item.values[3] === null)).toBe(true);
    expect(total(asked.items)).toBe(total(plain.items));
  });

  test('the last day with rows before today is complete, and nothing is known of days to come', async () => {
    const { fill, queries } = await open(variant);
    const reading = await fill('2026-11-01', '2026-12-01');
    expect(reading.completeThrough).toBe('2026-11-20');
    expect(reading.items.at(-1)?.day).toBe('2026-11-21');
    const before = queries().length;
    expect(await fill('2026-11-22', '2026-12-01')).toEqual({ items: [], notes: [], faults: [], completeThrough: null });
    expect(queries()).toHaveLength(before);
    expect((await fill('2026-11-21', '2026-11-22')).completeThrough).toBeNull();
  });

  test('three years come over several pages, of which only the first is charged', async () => {
    const { fill, queries } = await open(variant);
    const reading = await fill('2023-11-21', '2026-11-22');
    expect(reading.faults).toEqual([]);
    expect(queries().length).toBeGreaterThan(5);
    expect(queries().filter((call) => !call.query.includes('cursor='))).toHaveLength(1);
    expect(new Set(reading.items.map((item) => item.day)).size).toBe(daysIn('2023-11-21', '2026-11-22').length);
    expect(total(reading.items.filter((item) => item.day.startsWith('2026-10')))).toBe(
      total((await fill('2026-10-01', '2026-11-01')).items),
    );
  });

  test('another currency is the one of the settings', async () => {
    const { fill } = await open(variant, { currency: 'eur' });
    expect((await fill('2026-10-01', '2026-10-02')).items[0]?.currency).toBe('EUR');
  });

  test('a key that is refused is said to be', async () => {
    const { fill } = await open(variant, { apiKey: 'another' });
    await expect(fill('2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: variant === 'live' ? 'permission-missing' : 'credentials-rejected',
    });
  });

  test('the sixty-first query of a day is throttled, and a day later they go again', async () => {
    const { fill, clock } = await open(variant);
    for (let count = 0; count < 60; count += 1) await fill('2026-10-01', '2026-10-02');
    await expect(fill('2026-10-01', '2026-10-02')).rejects.toMatchObject({
      kind: 'vendor-throttled',
      details: { pauses: 'operation' },
    });
    await clock.advance(86_400_000);
    expect((await fill('2026-10-01', '2026-10-02')).items.length).toBeGreaterThan(0);
  });
});

test.each(['live', 'published'])('what the document leaves open changes no figure, %s', async (variant) => {
  const strict = await open(variant);
  const loose = await open(`${variant}-loose`);
  const left = await strict.fill('2026-11-01', '2026-11-22', { dimensions: [...core, 'tag:Team'] });
  const right = await loose.fill('2026-11-01', '2026-11-22', { dimensions: [...core, 'tag:Team'] });
  expect(right.faults).toEqual([]);
  const rows = (reading: CostReading) => reading.items.map((item) => JSON.stringify(item)).sort();
  expect(rows(right)).toEqual(rows(left));
  expect(right.labels).toEqual(left.labels);
  expect(loose.queries().length).toBeGreaterThan(50);
});

test('rows have the names of accounts where a dimension has them, at no query more', async () => {
  const { fill, queries } = await open('live');
  const reading = await fill('2026-10-01', '2026-10-03');
  expect(Object.fromEntries(reading.labels?.account ?? [])).toEqual({
    '204867153309': 'Production',
    '571940286631': 'Staging',
    '839402175560': 'Data platform',
  });
  expect(reading.items.every((item) => item.values.length === 3)).toBe(true);
  expect(new Set(reading.items.map((item) => JSON.stringify([item.day, item.values]))).size).toBe(reading.items.length);
  expect(queries()).toHaveLength(1);
});

test('clouds are written in lower case, and a tag keeps the spelling of the vendor', async () => {
  const { fill } = await open('live');
  const reading = await fill('2026-10-01', '2026-10-03', { dimensions: [...core, 'cloud', 'tag:CloudProvider'] });
  expect(Object.keys(byValue(reading.items, 3))).toEqual(['aws']);
  expect(Object.keys(byValue(reading.items, 4))).toEqual(['AWS']);
  expect(total(reading.items)).toBe(total((await fill('2026-10-01', '2026-10-03')).items));
});

test('both dialects tell the same figures', async () => {
  const live = await open('live');
  const published = await open('published');
  for (const costType of costTypes) {
    const left = await live.fill('2026-09-01', '2026-11-22', { costType });
    const right = await published.fill('2026-09-01', '2026-11-22', { costType });
    const rows = (reading: CostReading) => reading.items.map((item) => JSON.stringify(item)).sort();
    expect(rows(left)).toEqual(rows(right));
  }
});

test.each([
  ['billed', 'billed_cost'],
  ['effective', 'discounted_amortized_cost'],
  ['list', 'on_demand_cost'],
  ['contracted', 'discounted_cost'],
] as const)('%s is the vendor’s %s, and equals its own monthly figure', async (costType, word) => {
  const { fill, sandbox, queries } = await open('live', { dialect: 'live' });
  const reading = await fill('2026-09-01', '2026-11-01', { costType });
  const query = new URLSearchParams(queries()[0]?.query);
  expect(query.get('cost_type')).toBe(word);
  expect(query.getAll('group_by')).toEqual(['Account', 'Service', 'Region', 'CZ:Defined:AccountName']);
  expect(query.get('granularity')).toBe('daily');
  expect(total(reading.items)).toBe(await monthlyTotal(sandbox, word, '2026-09-01', '2026-11-01'));
});
