import { beforeEach, describe, expect, it } from 'vitest';
import { add, decimal, decimalText, zero } from '../../src/domain/decimal.ts';
import type { CostQuery } from '../../src/cost/query.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question } from '../support/cost-rig.ts';
import { toyCubes, ToyVendor, type ToyVendorOptions } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const { range, day, figure, month } = toyCubes;

let clock: VirtualClock;
beforeEach(() => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
});
const acme = (options: ToyVendorOptions = {}) => new ToyVendor(clock, { name: 'acme', ...options });
const umbrella = (options: ToyVendorOptions = {}) => new ToyVendor(clock, { name: 'umbrella', ...options });
const askOf = (vendors: readonly ToyVendor[], asked: Partial<CostQuery>) => openRig(vendors, clock).ask(asked);

describe('a dimension that a vendor lacks', () => {
  it('is null where it is grouped by, named as missing, and the answer complete', async () => {
    const vendors = [acme({ cubes: [month] }), umbrella({ cubes: [range] })];
    const answer = await askOf(vendors, { groupBy: ['provider', 'account'], granularity: 'total' });
    expect(answer.complete).toBe(true);
    expect(answer.providers.map((each) => [each.status, each.missing])).toEqual([
      ['fresh', ['account']],
      ['fresh', []],
    ]);
    const own = answer.rows.filter((row) => row.group.provider === 'acme');
    expect(new Set(own.map((row) => row.group.account))).toEqual(new Set([null]));
    expect(answer.totals).toEqual(referenceAnswer(question(), vendors, today).totals);
  });

  it('yields no row where it is filtered by, says so, and leaves the other vendors standing', async () => {
    const other = umbrella({ cubes: [range] });
    const asked: Partial<CostQuery> = { filters: new Map([['account', ['a1']]]), groupBy: ['provider'] };
    const answer = await askOf([acme({ cubes: [month] }), other], asked);
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'unsupported', problem: { status: 422 } });
    expect(answer.providers[0]?.problem?.detail).toContain('cannot filter by account');
    expect(answer.providers[1]).toMatchObject({ status: 'fresh' });
    expect(answer.totals).toEqual(referenceAnswer(question(asked), [other], today).totals);
  });

  it('is no fault of the request where only such vendors were asked', async () => {
    const answer = await askOf([acme({ cubes: [month] })], { filters: new Map([['region', ['eu']]]) });
    expect(answer.rows).toEqual([]);
    expect(answer.totals).toEqual([]);
    expect(answer.complete).toBe(false);
  });

  it('is a 422 to a strict question that filters by it', async () => {
    const asked = openRig([acme({ cubes: [month] })], clock).ask(
      { filters: new Map([['region', ['eu']]]) },
      { strict: true },
    );
    await expect(asked).rejects.toMatchObject({ kind: 'capability-unsupported' });
  });

  it('costs no call where it is filtered by', async () => {
    const vendor = acme({ cubes: [month] });
    await askOf([vendor], { filters: new Map([['region', ['eu']]]) });
    expect(vendor.calls).toBe(0);
  });

  it('is one beyond what the vendor can combine: what was filtered by comes first, then what was grouped by', async () => {
    const vendor = acme({ cubes: [range] });
    const asked: Partial<CostQuery> = {
      groupBy: ['region', 'tag:team'],
      filters: new Map([['tag:env', ['prod']]]),
      granularity: 'total',
    };
    const answer = await askOf([vendor], asked);
    expect(answer.providers[0]).toMatchObject({ status: 'fresh', missing: ['tag:team'] });
    expect(answer.totals).toEqual(referenceAnswer(question(asked), [vendor], today).totals);
  });

  it('in parts of a month is missing for the whole question, so that no group is half counted', async () => {
    const vendor = acme({ cubes: [month, figure] });
    const asked: Partial<CostQuery> = { start: '2026-09-15', granularity: 'total', groupBy: ['region'] };
    const answer = await askOf([vendor], asked);
    expect(answer.providers[0]).toMatchObject({ status: 'fresh', missing: ['region'] });
    expect(answer.rows.every((row) => row.group.region === null)).toBe(true);
    expect(answer.totals).toEqual(referenceAnswer(question(asked), [vendor], today).totals);
  });

  it('that only a monthly figure has is found for whole months', async () => {
    const vendor = acme({ cubes: [month, figure] });
    const asked: Partial<CostQuery> = { start: '2026-09-01', granularity: 'total', groupBy: ['region'] };
    const answer = await askOf([vendor], asked);
    expect(answer.providers[0]).toMatchObject({ status: 'fresh', missing: [] });
    expect(answer.rows.map(({ labels: _labels, ...row }) => row)).toEqual(
      referenceAnswer(question(asked), [vendor], today).rows,
    );
  });
});

describe('filters', () => {
  const vendors = () => [acme(), umbrella()];
  it.each<[string, CostQuery['filters']]>([
    ['equal keys as OR', new Map([['service', ['search', 'storage']]])],
    ['different keys as AND', new Map([['service', ['search', 'storage']], ['region', ['eu']]])],
    ['no value', new Map([['region', [null]]])],
    ['no value or one', new Map([['region', [null, 'us']]])],
    ['a tag', new Map([['tag:env', ['prod']]])],
    ['a tag that is not there', new Map([['tag:env', [null]]])],
    ['two tags', new Map([['tag:env', ['prod', 'dev']], ['tag:team', ['x']]])],
    ['a value with a comma', new Map([['service', ['a,b']]])],
    ['the text null', new Map([['service', ['null']]])],
    ['a name that objects have', new Map([['service', ['__proto__', 'constructor']]])],
    ['a value that nothing has', new Map([['service', ['none']]])],
    ['a provider', new Map([['provider', ['umbrella']]])],
    ['a connection and a service', new Map([['connection', ['acme']], ['service', ['search']]])],
  ])('take %s', async (_what, filters) => {
    const asked: Partial<CostQuery> = { filters, groupBy: ['service'], granularity: 'monthly' };
    const all = vendors();
    const answer = await askOf(all, asked);
    const reference = referenceAnswer(question(asked), all, today);
    expect(answer.rows.map(({ labels: _labels, ...row }) => row)).toEqual(reference.rows);
    expect(answer.totals).toEqual(reference.totals);
    expect(answer.complete).toBe(true);
  });

  it('on a provider leave the others unasked and out of the answer', async () => {
    const [one, other] = [acme(), umbrella()];
    const answer = await askOf([one, other], { filters: new Map([['provider', ['umbrella']]]) });
    expect(one.calls).toBe(0);
    expect(answer.providers.map((each) => each.provider)).toEqual(['umbrella']);
  });
});

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
    vendor.rewrite = () =>
      codes.map((currency) => ({ day: '2026-11-05', values: ['search'], amount: '1', currency }));
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
    const best = [...totals].sort(([, left], [, right]) => right - left).slice(0, 2).map(([service]) => service);
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
