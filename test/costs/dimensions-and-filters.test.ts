import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question } from '../support/cost-rig.ts';
import { ToyVendor, type ToyVendorOptions, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const { range, figure, month } = toyCubes;

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
    [
      'different keys as AND',
      new Map([
        ['service', ['search', 'storage']],
        ['region', ['eu']],
      ]),
    ],
    ['no value', new Map([['region', [null]]])],
    ['no value or one', new Map([['region', [null, 'us']]])],
    ['a tag', new Map([['tag:env', ['prod']]])],
    ['a tag that is not there', new Map([['tag:env', [null]]])],
    [
      'two tags',
      new Map([
        ['tag:env', ['prod', 'dev']],
        ['tag:team', ['x']],
      ]),
    ],
    ['a value with a comma', new Map([['service', ['a,b']]])],
    ['the text null', new Map([['service', ['null']]])],
    ['a name that objects have', new Map([['service', ['__proto__', 'constructor']]])],
    ['a value that nothing has', new Map([['service', ['none']]])],
    ['a provider', new Map([['provider', ['umbrella']]])],
    [
      'a connection and a service',
      new Map([
        ['connection', ['acme']],
        ['service', ['search']],
      ]),
    ],
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
