import { describe, expect, it } from 'vitest';
import { listCharges } from '../../routes/list-charges.ts';
import { listCosts } from '../../routes/list-costs.ts';
import { cellsMax } from '../../src/costs/rows/cells-max.ts';
import { daysIn, earlier } from '../../src/domain/day.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, question, type Rig } from '../support/cost-rig.ts';
import { SteppingClock } from '../support/stepping-clock.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

/** A rig whose vendor has a row for each of so many services on each day before the last. */
const rigWith = (
  services: number,
  clock = new VirtualClock(),
  last = '2026-12-01',
): { readonly rig: Rig; readonly vendor: ToyVendor } => {
  const vendor = new ToyVendor(clock, { cubes: [toyCubes.month] });
  vendor.rewrite = (_rows, { start, end }) =>
    daysIn(start, earlier(end, last)).flatMap((day) =>
      Array.from({ length: services }, (_, at) => ({ day, values: [`s${at}`], amount: '0.5', currency: 'USD' })),
    );
  return { rig: openRig([vendor], clock), vendor };
};

const oneDay = { start: '2026-11-01', end: '2026-11-02', groupBy: ['service'] as const };
const partOf = (rig: Rig, asked: Parameters<typeof question>[0], most: number) =>
  rig.engine.part(rig.connection, question(asked), {
    strict: false,
    noCache: false,
    deadline: 15_000,
    cellsMax: most,
  });

describe('a question with too many sums', () => {
  it('is refused with their number and the bound, and nothing is cut off', async () => {
    const { rig } = rigWith(cellsMax + 1, new VirtualClock(), '2026-11-02');
    const refused = await rig.ask(oneDay).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(Failure);
    expect(refused).toMatchObject({
      kind: 'question-too-large',
      details: { public: expect.stringMatching(new RegExp(`${cellsMax + 1} sums.*at most ${cellsMax} `)) },
    });
    const { rows } = await rig.ask({ ...oneDay, groupBy: [] });
    expect(rows.map(({ cost }) => cost.amount)).toEqual([String((cellsMax + 1) / 2)]);
  });

  it('is legal with exactly as many as allowed', async () => {
    const { rig } = rigWith(40);
    const daily = { groupBy: ['service'] as const };
    expect((await partOf(rig, daily, 21 * 40)).value).toHaveLength(21 * 40);
    await expect(partOf(rig, daily, 21 * 40 - 1)).rejects.toMatchObject({ kind: 'question-too-large' });
  });

  it('is measured by its sums, not by the rows that they are made of', async () => {
    const { rig } = rigWith(40);
    const { value } = await partOf(rig, { groupBy: ['service'], granularity: 'total' }, 40);
    expect(value).toHaveLength(40);
    const few = new Map([['service' as const, ['s1', 's2']]]);
    expect((await partOf(rig, { groupBy: ['service'], filters: few }, 42)).value).toHaveLength(42);
  });

  it('is refused after a look at some of its days where it is far too large', async () => {
    const { rig } = rigWith(40);
    const refused = partOf(rig, { groupBy: ['service'] }, 20);
    await expect(refused).rejects.toMatchObject({ details: { public: expect.stringContaining(`${21 * 40} sums`) } });
  });

  it('has the bound that the document names', () => {
    const written = cellsMax.toLocaleString('en');
    for (const { description } of [listCosts, listCharges]) expect(description).toContain(`ore than ${written} `);
  });
});

describe('computing an answer', () => {
  const rounds = async (work: Promise<unknown>): Promise<number> => {
    let count = 0;
    let isDone = false;
    const ended = work.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      count += 1;
    }
    await ended;
    return count;
  };

  it('gives others their turn, the more often the more there is to compute', async () => {
    const few = rigWith(30, new SteppingClock());
    const many = rigWith(600, new SteppingClock());
    const asked = { groupBy: ['service'] as const, sort: '-cost' as const };
    for (const { rig } of [few, many]) await rig.ask({ groupBy: [] }, { deadline: 1e9 });
    const short = await rounds(few.rig.ask(asked, { deadline: 1e9 }));
    const long = await rounds(many.rig.ask(asked, { deadline: 1e9 }));
    expect(long).toBeGreaterThan(5 * short);
  });

  it('is done once for all who ask the same at the same time', async () => {
    const clock = new SteppingClock();
    const { rig } = rigWith(300, clock);
    await rig.ask({ groupBy: [] }, { deadline: 1e9 });
    const asked = { groupBy: ['service'] as const };
    const alone = await rounds(rig.ask({ ...asked, sort: 'cost' }, { deadline: 1e9 }));
    const ask = () => rig.ask({ ...asked, sort: '-cost' }, { deadline: 1e9 });
    const answers: Promise<unknown>[] = Array.from({ length: 10 }, ask);
    const together = await rounds(Promise.all(answers));
    expect(together).toBeLessThan(3 * alone);
    const [first, ...others] = await Promise.all(answers.map((answer) => answer.then((each) => Object(each).rows)));
    for (const rows of others) expect(rows).toBe(first);
  });

  it('goes on for others when one of them has gone, and ends when all have', async () => {
    const clock = new SteppingClock();
    const { rig } = rigWith(300, clock);
    await rig.ask({ groupBy: [] }, { deadline: 1e9 });
    const asked = { groupBy: ['service'] as const };
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const left = rig.ask(asked, { deadline: 1e9, signal: leaving.signal });
    const stayed = rig.ask(asked, { deadline: 1e9, signal: staying.signal });
    const refused = expect(left).rejects.toThrow('has gone');
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(new Error('has gone'));
    await refused;
    expect((await stayed).rows).toHaveLength(21 * 300);
    const both = [leaving, staying].map(() => new AbortController());
    const gone = both.map(({ signal }) => rig.ask({ ...asked, sort: 'cost' }, { deadline: 1e9, signal }));
    const allRefused = Promise.all(gone.map((each) => expect(each).rejects.toThrow('have gone')));
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    for (const each of both) each.abort(new Error('have gone'));
    await allRefused;
    const looks = clock.monotonic();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.monotonic() - looks).toBeLessThan(20);
  });

  it('ends soon after the deadline with a deadline-exceeded, however much is left', async () => {
    const clock = new SteppingClock();
    const { rig } = rigWith(300, clock);
    await rig.ask({ groupBy: [] }, { deadline: 1e9 });
    const asked = rig.ask({ groupBy: ['service'] }, { deadline: clock.monotonic() + 1_000 });
    const refused = expect(asked).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1_300);
    await refused;
    const looks = clock.monotonic();
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.monotonic() - looks).toBeLessThan(20);
  });
});
