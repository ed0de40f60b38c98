import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoopTime, openLoopTime } from '../../../src/server/admission/loop-time.ts';
import { VirtualClock } from '../../support/clock.ts';

let opened: LoopTime | null = null;
afterEach(() => opened?.close());

/** A loop whose busy time is what the work says it took. */
const start = () => {
  const clock = new VirtualClock();
  let busy = 0;
  const loopTime = openLoopTime(clock, () => busy);
  opened = loopTime;
  const compute = (milliseconds: number): void => {
    busy += milliseconds;
  };
  return { clock, loopTime, compute };
};

describe('the time of the event loop', () => {
  it('is that of whoever computes, across every wait, however the work of several interleaves', async () => {
    const { loopTime, compute } = start();
    const work = async (slices: number, milliseconds: number): Promise<void> => {
      for (let slice = 0; slice < slices; slice += 1) {
        compute(milliseconds);
        await nextTurn();
      }
    };
    await Promise.all([loopTime.run('heavy', () => work(10, 30)), loopTime.run('light', () => work(10, 1))]);
    expect(loopTime.usedMs('heavy')).toBe(300);
    expect(loopTime.usedMs('light')).toBe(10);
  });

  it('counts nobody for what runs outside of their work', async () => {
    const { loopTime, compute } = start();
    loopTime.run('one', () => compute(5));
    compute(100);
    await nextTurn();
    compute(100);
    expect(loopTime.usedMs('one')).toBe(5);
  });

  it('is that of a caller who was refused, until other work runs', async () => {
    const { loopTime, compute } = start();
    loopTime.turnTo('refused');
    compute(3);
    loopTime.run('one', () => compute(5));
    expect([loopTime.usedMs('refused'), loopTime.usedMs('one')]).toEqual([3, 5]);
  });

  it('counts half after five seconds', async () => {
    const { loopTime, compute, clock } = start();
    loopTime.run('one', () => compute(80));
    await clock.advance(5_000);
    expect(loopTime.usedMs('one')).toBeCloseTo(40);
    await clock.advance(5_000);
    expect(loopTime.usedMs('one')).toBeCloseTo(20);
  });
});

describe('a share', () => {
  it('is kept by who used little, and by who was not seen yet, but not by who used most', () => {
    const { loopTime, compute } = start();
    loopTime.run('heavy', () => compute(900));
    loopTime.run('light', () => compute(10));
    expect(loopTime.isWithin('heavy')).toBe(false);
    expect(loopTime.isWithin('light')).toBe(true);
    expect(loopTime.isWithin('new')).toBe(true);
  });

  it('is kept by who used next to nothing, though others used less', () => {
    const { loopTime, compute } = start();
    loopTime.run('little', () => compute(90));
    loopTime.run('less', () => compute(1));
    expect(loopTime.isWithin('little')).toBe(true);
  });

  it('is kept by all who use about as much', () => {
    const { loopTime, compute } = start();
    for (const [who, milliseconds] of [
      ['a', 100],
      ['b', 110],
      ['c', 90],
    ] as const)
      loopTime.run(who, () => compute(milliseconds));
    expect(['a', 'b', 'c'].map(loopTime.isWithin)).toEqual([true, true, true]);
  });

  it('is never kept by one who is alone, because nobody else pays', () => {
    const { loopTime, compute } = start();
    loopTime.run('only', () => compute(1));
    expect(loopTime.isWithin('only')).toBe(false);
  });

  it('is divided only between those who were there in the last ten seconds', async () => {
    const { loopTime, compute, clock } = start();
    loopTime.run('gone', () => compute(1));
    await clock.advance(10_001);
    loopTime.run('only', () => compute(1));
    expect(loopTime.isWithin('only')).toBe(false);
  });
});
