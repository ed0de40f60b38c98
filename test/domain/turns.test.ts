import { describe, expect, it } from 'vitest';
import { longItem, type Turns, takeTurns } from '../../src/domain/turns.ts';
import { VirtualClock } from '../support/clock.ts';
import { SteppingClock } from '../support/stepping-clock.ts';

const work = async (turns: Turns, items: number, done: () => void = () => {}): Promise<void> => {
  for (let at = 0; at < items; at += 1) {
    done();
    if (turns.due(longItem)) await turns.next();
  }
};

/** How many rounds of the event loop went by until the work was done. */
const roundsDuring = async (running: Promise<void>): Promise<number> => {
  let rounds = 0;
  let isDone = false;
  const ended = running.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    rounds += 1;
  }
  await ended;
  return rounds;
};

describe('work that takes turns', () => {
  it('lets the event loop go round again and again, the more often the longer it takes', async () => {
    const short = await roundsDuring(work(takeTurns(new SteppingClock()), 100));
    const long = await roundsDuring(work(takeTurns(new SteppingClock()), 1_000));
    expect(short).toBeGreaterThan(15);
    expect(long).toBeGreaterThan(8 * short);
  });

  it('does not wait while its turn has not lasted long', async () => {
    let items = 0;
    const running = work(takeTurns(new VirtualClock()), 1_000, () => {
      items += 1;
    });
    expect(items).toBe(1_000);
    await running;
  });

  it('shares the time of a round with all other work, so that many make it no longer', async () => {
    const clock = new SteppingClock();
    let inRound = 0;
    let most = 0;
    const count = (): void => {
      inRound += 1;
      most = Math.max(most, inRound);
    };
    const alone = work(takeTurns(clock), 50, count);
    let isDone = false;
    const all = Promise.all([alone, ...Array.from({ length: 20 }, () => work(takeTurns(clock), 50, count))]).finally(
      () => {
        isDone = true;
      },
    );
    // What runs before the first wait is one item of each.
    inRound = 0;
    most = 0;
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      inRound = 0;
    }
    await all;
    expect(most).toBeLessThanOrEqual(5);
  });

  it('goes round among all who wait', async () => {
    const clock = new SteppingClock();
    const order: string[] = [];
    await Promise.all(['a', 'b', 'c'].map((name) => work(takeTurns(clock), 40, () => order.push(name))));
    expect(order.indexOf('c')).toBeLessThan(order.lastIndexOf('a'));
    expect(order.indexOf('a')).toBeLessThan(order.lastIndexOf('c'));
    const before = order.lastIndexOf('a');
    expect(order.slice(0, before).filter((name) => name === 'c').length).toBeGreaterThan(20);
  });

  it('ends at its deadline', async () => {
    const clock = new SteppingClock();
    let items = 0;
    const running = work(takeTurns(clock, { deadline: 100 }), 1_000, () => {
      items += 1;
    });
    await expect(running).rejects.toMatchObject({ kind: 'deadline-exceeded' });
    expect(items).toBeLessThan(120);
  });

  it('goes on while its deadline is renewed', async () => {
    const clock = new SteppingClock();
    const limits = { deadline: 50 };
    const renewed = work(takeTurns(clock, limits), 200, () => {
      limits.deadline += 10;
    });
    await expect(renewed).resolves.toBeUndefined();
  });

  it('ends when it is cancelled, with the reason', async () => {
    const controller = new AbortController();
    let items = 0;
    const running = work(takeTurns(new SteppingClock(), { signal: controller.signal }), 1_000, () => {
      items += 1;
      if (items === 30) controller.abort(new Error('nobody waits'));
    });
    await expect(running).rejects.toThrow('nobody waits');
    expect(items).toBeLessThan(40);
  });
});
