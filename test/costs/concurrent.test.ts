import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuery } from '../../src/costs/query/query.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { referenceAnswer } from '../support/cost-reference.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const { range, day, month } = toyCubes;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
const start = (cubes: ConstructorParameters<typeof ToyVendor>[1] = {}) => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
  vendor = new ToyVendor(clock, { name: 'acme', cubes: [range], ...cubes });
  rig = openRig([vendor], clock);
};
beforeEach(() => start());

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
