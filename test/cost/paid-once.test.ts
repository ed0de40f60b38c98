import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/cost/query.ts';
import { Failure } from '../../src/failure/failure.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { toyCubes, ToyVendor } from '../support/toy-vendor.ts';

const hour = 3_600_000;
const today = '2026-11-21';
const { range, day, figure, month } = toyCubes;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
const start = (cubes: ConstructorParameters<typeof ToyVendor>[1] = {}) => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [range], ...cubes });
  rig = openRig([vendor], clock);
};
beforeEach(() => start());
const callsFor = (asked: Partial<CostQuery>) => vendor.callsOf(() => rig.ask(asked));

describe('what was paid for once', () => {
  beforeEach(async () => {
    await rig.ask({ groupBy: ['account', 'service'] });
    expect(vendor.calls).toBe(1);
  });

  it.each<[string, Partial<CostQuery>]>([
    ['the same question', { groupBy: ['account', 'service'] }],
    ['a coarser one', { groupBy: ['service'], granularity: 'monthly' }],
    ['a total', { groupBy: [], granularity: 'total' }],
    ['a sub-range', { start: '2026-11-05', end: '2026-11-06' }],
    ['the days left of a month', { start: '2026-11-20', end: '2026-12-31' }],
    ['a filter', { filters: new Map([['service', ['search']]]) }],
    ['a filter for no value', { filters: new Map([['account', [null]]]) }],
    ['another order', { sort: '-cost' }],
    ['a top', { groupBy: ['service'], top: 1 }],
    ['another order of the groups', { groupBy: ['service', 'account'] }],
  ])('answers %s without a call', async (_what, asked) => {
    expect(await callsFor(asked)).toBe(0);
  });

  it('does not answer for a tag that it was not asked with', async () => {
    expect(await callsFor({ groupBy: ['tag:env'] })).toBe(1);
  });

  it('answers a plainer question from figures that were bought with a tag', async () => {
    start();
    await rig.ask({ groupBy: ['tag:env'] });
    expect(await callsFor({ groupBy: ['service'] })).toBe(0);
    expect(await callsFor({ filters: new Map([['account', ['a1']]]) })).toBe(0);
  });

  it('answers either of two tags from figures that were bought with both', async () => {
    start();
    await rig.ask({ groupBy: ['tag:env', 'tag:team'] });
    expect(await callsFor({ groupBy: ['tag:team'], filters: new Map([['service', ['search']]]) })).toBe(0);
  });

  it('is bought for all months of a question in as few calls as the vendor allows', async () => {
    start();
    await rig.ask({ start: '2026-06-01', end: '2026-11-22' });
    expect(vendor.questions.map(({ start, end }) => [start, end])).toEqual([
      ['2026-06-01', '2026-09-01'],
      ['2026-09-01', '2026-11-22'],
    ]);
  });

  it('is renewed in as few calls where it was bought with more dimensions than are asked for', async () => {
    start();
    const quarter = { start: '2026-09-01', end: '2026-11-22' };
    await rig.ask({ ...quarter, groupBy: ['tag:env'] });
    await clock.advance(hour);
    const calls = await vendor.callsOf(() => rig.ask({ ...quarter, groupBy: ['service'] }, { noCache: true }));
    expect(calls).toBe(1);
  });

  it('is a whole month where a week was wanted', async () => {
    start();
    await rig.ask({ start: '2026-10-05', end: '2026-10-12' });
    expect(await callsFor({ start: '2026-10-01', end: '2026-11-01' })).toBe(0);
  });

  it('never asks for days that have not begun', async () => {
    start();
    await rig.ask({ start: '2026-11-01', end: '2027-02-01' });
    expect(vendor.questions.every((each) => each.end <= '2026-11-22')).toBe(true);
    expect(vendor.calls).toBe(1);
  });

  it('is bought day by day, and only the days that are wanted, where a call covers a day', async () => {
    start({ cubes: [day] });
    await rig.ask({ start: '2026-10-05', end: '2026-10-12' });
    expect(vendor.questions.map(({ start, end }) => [start, end])).toEqual([['2026-10-05', '2026-10-12']]);
    await rig.ask({ start: '2026-10-10', end: '2026-10-14' });
    expect(vendor.questions.slice(1).map(({ start, end }) => [start, end])).toEqual([['2026-10-12', '2026-10-14']]);
  });

  it('is taken from the cheapest cube: a monthly figure for whole months, days for the parts', async () => {
    start({ cubes: [day, figure] });
    await rig.ask({ start: '2026-09-15', end: '2026-11-22', granularity: 'monthly', groupBy: ['service'] });
    const cubes = vendor.questions.map((each) => [each.cube, each.start.slice(0, 7)]);
    expect(new Set(cubes.filter(([cube]) => cube === 'figures').map(([, when]) => when))).toEqual(
      new Set(['2026-10', '2026-11']),
    );
    expect(new Set(cubes.filter(([cube]) => cube === 'by-category').map(([, when]) => when))).toEqual(
      new Set(['2026-09']),
    );
  });
});

describe('questions asked at the same time', () => {
  it('are one call, fifty equal ones at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => rig.ask({ groupBy: ['service'] })));
    expect(vendor.calls).toBe(1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.complete).toBe(true);
  });

  it('are one call where they group, order and filter the same data differently', async () => {
    await Promise.all([
      rig.ask({ groupBy: ['service'] }),
      rig.ask({ groupBy: ['account'], sort: '-cost' }),
      rig.ask({ granularity: 'total', filters: new Map([['service', ['search']]]) }),
      rig.ask({ start: '2026-11-03', end: '2026-11-04' }),
    ]);
    expect(vendor.calls).toBe(1);
  });

  it('each get all their days where a call covers only some of them', async () => {
    start({ cubes: [day] });
    const asked: Partial<CostQuery>[] = [
      { start: '2026-11-15', end: '2026-11-22' },
      { start: '2026-11-01', end: '2026-11-22' },
    ];
    const answers = await Promise.all(asked.map((each) => rig.ask(each)));
    for (const [index, answer] of answers.entries()) {
      expect(answer.providers[0]?.status).toBe('fresh');
      expect(answer.totals).toEqual(referenceAnswer(question(asked[index]), [vendor], today).totals);
    }
  });

  it('lose no day of a month whose parts arrive together', async () => {
    start({ cubes: [day] });
    vendor.landTogether = true;
    const answer = await rig.ask();
    expect(answer.providers[0]?.status).toBe('fresh');
    expect(answer.totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
  });

  it('are one refused call, and for five seconds no further one', async () => {
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    const refused = await Promise.allSettled(Array.from({ length: 50 }, () => rig.ask()));
    expect(refused.every((each) => each.status === 'rejected')).toBe(true);
    await clock.advance(4000);
    await expect(rig.ask()).rejects.toThrow('Down.');
    expect(vendor.calls).toBe(1);
    await clock.advance(1001);
    vendor.failure = null;
    expect((await rig.ask()).complete).toBe(true);
    expect(vendor.calls).toBe(2);
  });
});

describe('a caller that cannot wait', () => {
  it('is told so at its deadline, and what it asked for answers the next without a call', async () => {
    vendor.delayMs = 30_000;
    const asked = rig.ask({}, { deadline: clock.monotonic() + 5000 });
    const refused = expect(asked).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    await clock.advance(5000);
    await refused;
    await clock.advance(25_000);
    const answer = await rig.ask();
    expect(answer.complete).toBe(true);
    expect(answer.totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
    expect(vendor.calls).toBe(1);
  });

  it('does not take one with it that can', async () => {
    vendor.delayMs = 8000;
    const hasty = rig.ask({}, { deadline: clock.monotonic() + 1000 });
    const refused = expect(hasty).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    const patient = rig.ask({}, { deadline: clock.monotonic() + 20_000 });
    await clock.advance(8000);
    await refused;
    await clock.advance(0);
    expect((await patient).complete).toBe(true);
    expect(vendor.calls).toBe(1);
  });

  it('does not wait for a vendor that hangs, nor lose the others', async () => {
    const other = new ToyVendor(clock, { name: 'umbrella', cubes: [month] });
    const both = openRig([vendor, other], clock);
    const release = vendor.hang();
    const asked = both.ask({ groupBy: ['provider'], granularity: 'total' });
    await clock.advance(15_000);
    const answer = await asked;
    expect(answer.complete).toBe(false);
    expect(answer.providers.map(({ status, problem }) => [status, problem?.status])).toEqual([
      ['failed', 504],
      ['fresh', undefined],
    ]);
    expect(new Set(answer.rows.map((row) => row.group.provider))).toEqual(new Set(['umbrella']));
    release();
  });
});

describe('what is kept', () => {
  it('survives a new engine over the same store', async () => {
    const first = await rig.ask({ groupBy: ['service'] });
    const again = openRig([vendor], clock, { store: rig.store });
    expect(await again.ask({ groupBy: ['service'] })).toEqual(first);
    expect(vendor.calls).toBe(1);
  });

  it('answers a plainer question after a restart as it did before', async () => {
    await rig.ask({ groupBy: ['tag:env'] });
    const again = openRig([vendor], clock, { store: rig.store });
    await again.ask({ groupBy: ['tag:env'] });
    await again.ask({ groupBy: ['service'] });
    expect(vendor.calls).toBe(1);
  });

  it('is bought again where the store holds another layout, foreign or cut bytes', async () => {
    const store = memoryStore(clock);
    await openRig([vendor], clock, { store }).ask();
    const [name = ''] = await store.keys('segment/', 10);
    const kept = Buffer.from((await store.get(name)) ?? []).toString('utf8');
    const spoilt = [
      kept.replace('"layout":', '"layout":9'),
      kept.slice(0, kept.length / 2),
      kept.replace(/"units":"[^"]*"/, '"units":"1 2 x"'),
      kept.replace('"day":"2026-11-01"', '"day":"2026-10-01"'),
      '{}',
      'null',
      '',
      '\u0000\u0001',
    ];
    for (const bytes of spoilt) {
      await store.set(name, Buffer.from(bytes));
      const calls = await vendor.callsOf(async () => {
        const answer = await openRig([vendor], clock, { store }).ask();
        expect(answer.totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
      });
      expect(calls, bytes.slice(0, 40)).toBe(1);
    }
  });

  it('is served from memory while the store fails, and that is said', async () => {
    const store = memoryStore(clock);
    const broken = async () => {
      throw new TypeError('disk full');
    };
    rig = openRig([vendor], clock, { store: { ...store, get: broken, set: broken } });
    expect((await rig.ask()).complete).toBe(true);
    expect(await callsFor({})).toBe(0);
    expect(rig.complaints.length).toBeGreaterThan(0);
  });

  it('is served and not kept in memory where it is larger than all of it', async () => {
    rig = openRig([vendor], clock, { cacheBytesMax: 2001 });
    expect((await rig.ask()).totals).toEqual(referenceAnswer(question(), [vendor], today).totals);
    expect(await callsFor({})).toBe(0);
  });
});
