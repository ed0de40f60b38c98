import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question } from '../support/cost-rig.ts';
import { ToyVendor, type ToyVendorOptions, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const { range, day, month } = toyCubes;

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
});
const acme = (options: ToyVendorOptions = {}) => new ToyVendor(clock, { name: 'acme', ...options });
const umbrella = (options: ToyVendorOptions = {}) => new ToyVendor(clock, { name: 'umbrella', ...options });
const askOf = (vendors: readonly ToyVendor[], asked: Partial<CostQuery>) => openRig(vendors, clock).ask(asked);

describe('rows', () => {
  it('of a month are clipped to the question and to today', async () => {
    const answer = await askOf([acme()], { start: '2026-09-20', end: '2027-01-01', granularity: 'monthly' });
    expect([...new Set(answer.rows.map((row) => `${row.start} ${row.end}`))]).toEqual([
      '2026-09-20 2026-10-01',
      '2026-10-01 2026-11-01',
      '2026-11-01 2026-11-22',
    ]);
  });

  it('of the whole end where the data does, when the question ends ahead', async () => {
    const answer = await askOf([acme()], { end: '2027-06-01', granularity: 'total' });
    expect(new Set(answer.rows.map((row) => `${row.start} ${row.end}`))).toEqual(new Set(['2026-11-01 2026-11-22']));
    expect(answer.complete).toBe(true);
  });

  it('of today alone are one day', async () => {
    const vendor = acme();
    const answer = await askOf([vendor], { start: today, end: '2026-11-22' });
    expect(answer.totals).toEqual(referenceAnswer(question({ start: today }), [vendor], today).totals);
  });

  it('are not there for days without cost', async () => {
    const vendor = acme({ currencies: ['USD'] });
    for (const each of ['2026-11-03', '2026-11-04']) vendor.restate(each, () => []);
    const starts = (await askOf([vendor], {})).rows.map((row) => row.start);
    expect(starts).not.toContain('2026-11-03');
    expect(starts).not.toContain('2026-11-04');
  });

  it('are split by currency, and never added across', async () => {
    const answer = await askOf([acme()], { granularity: 'total' });
    expect(answer.rows.map((row) => row.cost.currency)).toEqual(['EUR', 'USD']);
    expect(answer.totals).toEqual(answer.rows.map((row) => row.cost));
  });

  it('know every currency there is apart', async () => {
    const vendor = acme({ cubes: [month] });
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((first) => letters.slice(0, 12).map((second) => `X${first}${second}`));
    vendor.rewrite = () => codes.map((currency) => ({ day: '2026-11-05', values: ['search'], amount: '1', currency }));
    const answer = await askOf([vendor], { granularity: 'total' });
    expect(answer.totals.map((each) => each.currency)).toEqual([...codes].sort());
  });

  it('carry the names of their ids', async () => {
    const vendor = acme({ labels: { account: new Map([['a1', 'Production']]) } });
    const answer = await askOf([vendor], { groupBy: ['account', 'service'], granularity: 'total' });
    for (const row of answer.rows) {
      expect(row.labels).toEqual(row.group.account === 'a1' ? { account: 'Production' } : {});
    }
  });

  it('carry the names of their own vendor where two know the same id', async () => {
    const vendors = [
      acme({ labels: { account: new Map([['a1', 'Production']]) } }),
      umbrella({ labels: { account: new Map([['a1', 'Research']]) } }),
    ];
    const answer = await askOf(vendors, { groupBy: ['connection', 'account'], granularity: 'total' });
    const names = answer.rows
      .filter((row) => row.group.account === 'a1')
      .map((row) => `${row.group.connection}: ${row.labels.account}`);
    expect(new Set(names)).toEqual(new Set(['acme: Production', 'umbrella: Research']));
  });
});

describe('order and top', () => {
  const usd = { currencies: ['USD'] };

  it('is by start, then by group in the order of groupBy, null last', async () => {
    const asked: Partial<CostQuery> = { groupBy: ['region', 'account'], granularity: 'monthly', start: '2026-09-01' };
    const vendor = acme(usd);
    const answer = await askOf([vendor], asked);
    expect(answer.rows.map((row) => row.group)).toEqual(
      referenceAnswer(question(asked), [vendor], today).rows.map((row) => row.group),
    );
    expect(answer.rows.at(-1)?.group).toEqual({ region: null, account: null });
  });

  it.each(['cost', '-cost'] as const)('is by %s where that is asked for', async (sort) => {
    const answer = await askOf([acme(usd)], { groupBy: ['service'], sort });
    const amounts = answer.rows.map((row) => Number(row.cost.amount));
    const sorted = [...amounts].sort((left, right) => (sort === 'cost' ? left - right : right - left));
    expect(amounts).toEqual(sorted);
  });

  it('keeps the groups with the largest totals over the whole range, and sums the rest of each period', async () => {
    const vendor = acme(usd);
    const asked: Partial<CostQuery> = { groupBy: ['service'], granularity: 'monthly', start: '2026-09-01' };
    const plain = await askOf([vendor], asked);
    const totals = new Map<string | null, number>();
    for (const row of plain.rows) {
      const service = row.group.service ?? null;
      totals.set(service, (totals.get(service) ?? 0) + Number(row.cost.amount));
    }
    const best = [...totals]
      .sort(([, left], [, right]) => right - left)
      .slice(0, 2)
      .map(([service]) => service);
    const answer = await askOf([vendor], { ...asked, top: 2 });
    const kept = answer.rows.filter((row) => row.other !== true);
    const others = answer.rows.filter((row) => row.other === true);
    expect(new Set(kept.map((row) => row.group.service))).toEqual(new Set(best));
    expect(others.map((row) => row.start)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
    for (const other of others) {
      const rest = plain.rows.filter((row) => row.start === other.start && !best.includes(row.group.service ?? null));
      const sum = rest.reduce((total, row) => add(total, decimal(row.cost.amount)), zero);
      expect(other).toMatchObject({ group: { service: null }, cost: { amount: decimalText(sum), currency: 'USD' } });
    }
    expect(answer.rows.filter((row) => row.start === '2026-10-01').at(-1)?.other).toBe(true);
  });

  it('has no other row where everything is kept', async () => {
    const answer = await askOf([acme()], { groupBy: ['service'], top: 1000 });
    expect(answer.rows.some((row) => row.other)).toBe(false);
  });
});

describe('the type of cost', () => {
  it('is the only one there is, and that is said', async () => {
    const vendor = acme();
    const answer = await askOf([vendor], { costType: 'effective' });
    expect(vendor.questions[0]?.costType).toBe('billed');
    expect(answer.complete).toBe(true);
    expect(answer.providers[0]?.notes.map((note) => note.code)).toEqual(['single-cost-figure']);
  });

  it('is the billed one where a vendor with several lacks the one that was asked for', async () => {
    const vendor = acme({ costTypes: ['list', 'billed'] });
    const answer = await askOf([vendor], { costType: 'effective' });
    expect(vendor.questions[0]?.costType).toBe('billed');
    expect(answer.providers[0]?.notes.map((note) => note.code)).toEqual(['cost-type-unavailable']);
  });

  it('is never answered from figures of another', async () => {
    const vendor = acme({ cubes: [range], costTypes: ['billed', 'list'] });
    const { ask } = openRig([vendor], clock);
    await ask();
    await ask({ costType: 'list' });
    expect(vendor.questions.map((each) => each.costType)).toEqual(['billed', 'list']);
  });

  it('is said once, however many months are asked for', async () => {
    const vendor = acme({ cubes: [day] });
    vendor.notes = [{ code: 'nominal-price', message: 'one unit taken as 1 USD' }];
    const answer = await askOf([vendor], { start: '2026-09-01' });
    expect(answer.providers[0]?.notes.map((note) => note.code)).toEqual(['single-cost-figure', 'nominal-price']);
  });
});
