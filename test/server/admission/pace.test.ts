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
    await turns(50, pace.asked);
    expect(begun).toEqual([]);
    await turns(3);
    expect(begun).toEqual([0]);
  });

  it.each([
    { what: 'requests', event: 'asked', milliseconds: 10 },
    { what: 'new connections, of which the loop accepts one in a turn,', event: 'connected', milliseconds: 100 },
  ] as const)('waits no longer than $milliseconds ms where $what come without end', async ({ event, milliseconds }) => {
    const { pace, begun, pass } = start(2);
    await turns(10, pace[event]);
    pass(milliseconds - 1);
    await turns(10, pace[event]);
    expect(begun).toEqual([]);
    pass(1);
    await turns(5, pace[event]);
    expect(begun).toEqual([0]);
    pass(milliseconds);
    await turns(5, pace[event]);
    expect(begun).toEqual([0, 1]);
  });
});
