import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openPace } from '../../../src/server/admission/pace.ts';
import { VirtualClock } from '../../support/clock.ts';

const turns = async (count: number, each: () => void = () => {}): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) {
    each();
    await nextTurn();
  }
};

const start = (works: number) => {
  let now = 0;
  // Time passes without a turn of the event loop, as it does while something computes.
  const pace = openPace(Object.assign(new VirtualClock(), { monotonic: () => now }));
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  const begun: number[] = [];
  for (let work = 0; work < works; work += 1) void pace.next().then(() => begun.push(work));
  return { pass, pace, begun };
};

describe('work that has its turn', () => {
  it('begins one at a time, in the order of asking, with a turn between them in which the loop looks around', async () => {
    const { begun } = start(3);
    await turns(2);
    expect(begun).toEqual([0]);
    await turns(20);
    expect(begun).toEqual([0, 1, 2]);
  });

  it('waits until nothing more arrives', async () => {
    const { pace, begun } = start(1);
    await turns(50, pace.arrived);
    expect(begun).toEqual([]);
    await turns(3);
    expect(begun).toEqual([0]);
  });

  it('waits no longer than twenty milliseconds where there is no end of what arrives', async () => {
    const { pace, begun, pass } = start(2);
    await turns(10, pace.arrived);
    pass(21);
    await turns(5, pace.arrived);
    expect(begun).toEqual([0]);
    pass(21);
    await turns(5, pace.arrived);
    expect(begun).toEqual([0, 1]);
  });
});
