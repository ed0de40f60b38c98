import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryBudget, type MemoryBudget } from '../../src/store/memory-budget.ts';
import { VirtualClock } from '../support/clock.ts';

const minute = 60_000;
const content = (bytes: number, of: object = {}) => ({ of, bytes: () => bytes, besideBytes: 0 });

let clock: VirtualClock;
let budget: MemoryBudget;
beforeEach(() => {
  clock = new VirtualClock();
  budget = createMemoryBudget(clock, 100_000);
});
const shelf = (options: { keepMs?: number; lossWeight?: number } = {}) =>
  budget.shelf<string>({ keepMs: minute, lossWeight: 1, ...options });

describe('a budget of memory', () => {
  it('is never exceeded, whatever is put on its shelves, and is empty again when everything has aged', async () => {
    const action = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 20 }), fc.nat({ max: 60_000 }), fc.nat({ max: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        clock = new VirtualClock();
        budget = createMemoryBudget(clock, 100_000);
        const shelves = [shelf(), shelf({ lossWeight: 4 })];
        const shared = Array.from({ length: 6 }, () => ({}));
        for (const [at, key, bytes, of] of actions) {
          shelves[at]?.set(`${key}`, 'value', content(bytes, of === 0 ? {} : shared[of]));
          expect(budget.bytes).toBeLessThanOrEqual(budget.bytesMax);
        }
        await clock.advance(minute);
        for (let key = 0; key <= 20; key += 1) for (const each of shelves) expect(each.get(`${key}`)).toBeUndefined();
        expect(budget.bytes).toBe(0);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('is shared: what one shelf puts in goes at the cost of the others', () => {
    const [one, other] = [shelf(), shelf()];
    one.set('a', 'first', content(60_000));
    other.set('a', 'second', content(60_000));
    expect([one.get('a'), other.get('a')]).toEqual([undefined, 'second']);
  });

  it('counts content that two values share once, until the last of them is gone', () => {
    const rows: object = [];
    const [one, other] = [shelf({ keepMs: minute }), shelf({ keepMs: 2 * minute })];
    one.set('a', 'rows', content(80_000, rows));
    other.set('a', 'snapshot', content(80_000, rows));
    expect([one.get('a'), other.get('a')]).toEqual(['rows', 'snapshot']);
    expect(budget.bytes).toBeLessThan(90_000);
    other.set('b', 'small', content(30_000));
    expect([one.get('a'), other.get('a'), other.get('b')]).toEqual([undefined, undefined, 'small']);
    expect(budget.bytes).toBeLessThan(32_000);
  });

  it('takes what was used longest ago first', () => {
    const one = shelf();
    for (let key = 0; key < 20; key += 1) one.set(`${key}`, 'value', content(4_000));
    for (let key = 0; key < 10; key += 1) one.get(`${key}`);
    one.set('new', 'value', content(20_000));
    expect(Array.from({ length: 10 }, (_, key) => one.get(`${key}`))).not.toContain(undefined);
    expect(one.get('10')).toBeUndefined();
  });

  it('takes what is cheap to lose before what is not, and one large value before many small ones', () => {
    const [cheap, dear] = [shelf({ lossWeight: 1 }), shelf({ lossWeight: 4 })];
    dear.set('a', 'value', content(30_000));
    cheap.set('a', 'value', content(30_000));
    cheap.set('small', 'value', content(5_000));
    cheap.set('b', 'value', content(40_000));
    expect([dear.get('a'), cheap.get('a'), cheap.get('small')]).toEqual(['value', undefined, 'value']);
  });

  it('takes what has aged before anything else', async () => {
    const [brief, long] = [shelf({ keepMs: 1_000, lossWeight: 4 }), shelf()];
    long.set('a', 'value', content(50_000));
    brief.set('a', 'value', content(30_000));
    await clock.advance(2_000);
    long.set('b', 'value', content(30_000));
    expect([long.get('a'), long.get('b'), brief.get('a')]).toEqual(['value', 'value', undefined]);
  });

  it('lets go of what has aged when something else is put in, though there is room', async () => {
    const one = shelf();
    one.set('a', 'value', content(50_000));
    await clock.advance(2 * minute);
    one.set('b', 'value', content(1_000));
    expect(budget.bytes).toBeLessThan(3_000);
  });

  it('does not keep what is larger than all of it, nor the value that it would have replaced', () => {
    const one = shelf();
    one.set('a', 'old', content(1_000));
    one.set('b', 'value', content(1_000));
    expect(one.set('a', 'new', content(200_000))).toBe(false);
    expect([one.get('a'), one.get('b')]).toEqual([undefined, 'value']);
  });
});
