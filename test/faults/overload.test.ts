import { describe, expect, test } from 'vitest';
import { operations } from '../../routes/index.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { createGate, type GateRequest } from '../../src/server/admission/gate.ts';
import { type LoadClass, loadClassOf } from '../../src/server/admission/load-class.ts';
import { openLoopMonitor } from '../../src/server/admission/loop-monitor.ts';
import { openOverload } from '../../src/server/admission/overload.ts';
import { VirtualClock } from '../support/clock.ts';

const clock = new VirtualClock();
const stays = new AbortController().signal;
const gateRequest = (more: Partial<GateRequest> = {}): GateRequest => ({
  loadClass: 'read',
  consumer: null,
  deadline: Number.POSITIVE_INFINITY,
  signal: stays,
  ...more,
});
const limits = { running: 4, queued: 4, waitMsMax: 1000, share: 0.75 };

/** How it ended, in one word, so that many can be counted. */
const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'admitted';
  } catch (thrown) {
    return thrown instanceof Failure ? thrown.kind : 'fault';
  }
};
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const operationOf = (id: string) => {
  const operation = operations.find((each) => each.id === id);
  if (operation === undefined) throw new TypeError(`no operation is called ${id}`);
  return operation;
};

describe('more work than can be done', () => {
  test('H1 so many at once, so many waiting, the rest is turned away at once and told when to come back', async () => {
    const gate = createGate(limits, clock);
    const outcomes = Array.from({ length: 40 }, () => gate.enter(gateRequest()));
    const refused = outcomes.slice(8).map(outcomeOf);
    expect(await Promise.all(refused)).toEqual(Array.from({ length: 32 }, () => 'overloaded'));
    expect([gate.running, gate.queued]).toEqual([4, 4]);
    const failure = await outcomes[20]?.catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ details: { retryAfterMs: 1000, effect: 'never' } });
    const waited = Promise.all(outcomes.slice(4, 8).map(outcomeOf));
    await clock.advance(1000);
    expect(new Set(await waited)).toEqual(new Set(['overloaded']));
  });

  test('H1 who waits goes in as soon as another leaves, in the order of coming', async () => {
    const gate = createGate(limits, clock);
    const leave = await Promise.all(Array.from({ length: 4 }, () => gate.enter(gateRequest())));
    const order: number[] = [];
    const waiting = [1, 2, 3].map((place) => gate.enter(gateRequest()).then(() => order.push(place)));
    for (const each of leave.slice(0, 3)) each();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    leave[0]?.();
    expect(gate.running).toBe(4);
  });

  test('H7 nobody waits longer than a second, or than their own deadline', async () => {
    const own = new VirtualClock();
    const gate = createGate(limits, own);
    for (let index = 0; index < 4; index += 1) await gate.enter(gateRequest());
    const patient = outcomeOf(gate.enter(gateRequest()));
    const impatient = outcomeOf(gate.enter(gateRequest({ deadline: own.monotonic() + 200 })));
    await own.advance(200);
    expect(await impatient).toBe('overloaded');
    expect(gate.queued).toBe(1);
    await own.advance(800);
    expect(await patient).toBe('overloaded');
    expect(await outcomeOf(gate.enter(gateRequest({ deadline: own.monotonic() - 1 })))).toBe('overloaded');
  });

  test('H7 who has left is not worked for', async () => {
    const gate = createGate(limits, clock);
    for (let index = 0; index < 4; index += 1) await gate.enter(gateRequest());
    const leaving = new AbortController();
    const left = outcomeOf(gate.enter(gateRequest({ signal: leaving.signal })));
    leaving.abort();
    expect(await left).toBe('overloaded');
    expect(gate.queued).toBe(0);
  });

  test('H3 the more important goes first, and the less important makes room: health is never refused', async () => {
    const gate = createGate(limits, clock);
    const leave = await Promise.all(Array.from({ length: 4 }, () => gate.enter(gateRequest())));
    const order: string[] = [];
    const classes = ['export', 'write', 'native', 'read'] as const;
    const waiting = classes.map((loadClass) =>
      gate.enter(gateRequest({ loadClass })).then(
        () => order.push(loadClass),
        () => order.push(`no ${loadClass}`),
      ),
    );
    expect(await outcomeOf(gate.enter(gateRequest({ loadClass: 'health' })))).toBe('admitted');
    const cached = gate.enter(gateRequest({ loadClass: 'cached' })).then(() => order.push('cached'));
    expect(await outcomeOf(gate.enter(gateRequest({ loadClass: 'export' })))).toBe('overloaded');
    await turns();
    expect(order).toEqual(['no export']);
    for (const each of leave) each();
    const health = gate.running;
    await turns();
    await Promise.all([waiting[1], waiting[3], cached]);
    expect(order.slice(0, 4)).toEqual(['no export', 'cached', 'read', 'write']);
    expect(health).toBeGreaterThan(0);
  });

  test('H4 one who floods has no more than a share running, and makes room in the queue for the others', async () => {
    const gate = createGate(limits, clock);
    const noisy = Array.from({ length: 20 }, () => outcomeOf(gate.enter(gateRequest({ consumer: 'noisy' }))));
    await turns();
    expect(gate.running).toBe(3);
    expect(await outcomeOf(gate.enter(gateRequest({ consumer: 'quiet' })))).toBe('admitted');
    const second = outcomeOf(gate.enter(gateRequest({ consumer: 'other' })));
    await turns();
    expect(gate.queued).toBe(4);
    const refused = (await Promise.all(noisy.slice(7))).filter((outcome) => outcome === 'overloaded');
    expect(refused).toHaveLength(13);
    await clock.advance(1000);
    expect(await second).toBe('overloaded');
  });

  test('a consumer that nobody can tell from others has no share, but all of it', async () => {
    const gate = createGate(limits, clock);
    for (let index = 0; index < 4; index += 1) expect(await outcomeOf(gate.enter(gateRequest()))).toBe('admitted');
  });
});

describe('shares of the time of the event loop', () => {
  const usedMs = new Map<string, number>();
  const shares = {
    usedMs: (consumer: string) => usedMs.get(consumer) ?? 0,
    isWithin: (consumer: string) => (usedMs.get(consumer) ?? 0) < 100,
  };
  const fullGate = async () => {
    const gate = createGate({ ...limits, share: 1 }, clock, shares);
    const leave = await Promise.all(Array.from({ length: 4 }, () => gate.enter(gateRequest({ consumer: 'first' }))));
    return { gate, leave };
  };
  /** Requests that wait, and the order in which they begin. */
  const waitFor = (gate: ReturnType<typeof createGate>, asked: readonly [string, LoadClass][]) => {
    const order: string[] = [];
    for (const [consumer, loadClass] of asked) {
      const name = `${consumer} ${loadClass}`;
      gate.enter(gateRequest({ consumer, loadClass })).then(
        () => order.push(name),
        () => order.push(`no ${name}`),
      );
    }
    return order;
  };

  test('who used least of it goes first', async () => {
    usedMs.clear();
    usedMs.set('much', 90).set('some', 40).set('none', 0);
    const { gate, leave } = await fullGate();
    const order = waitFor(gate, [
      ['much', 'read'],
      ['some', 'read'],
      ['none', 'read'],
    ]);
    await turns();
    for (const each of leave) each();
    await turns();
    expect(order).toEqual(['none read', 'some read', 'much read']);
  });

  test('an export of who is within its share goes before a read of who is beyond it, but among equals after it', async () => {
    usedMs.clear();
    usedMs.set('greedy', 5_000);
    const { gate, leave } = await fullGate();
    const order = waitFor(gate, [
      ['greedy', 'read'],
      ['quiet', 'export'],
      ['other', 'read'],
    ]);
    await turns();
    for (const each of leave) each();
    await turns();
    expect(order).toEqual(['other read', 'quiet export', 'greedy read']);
  });

  test('in a full queue one beyond its share makes room, and is told so before it asks', async () => {
    usedMs.clear();
    usedMs.set('greedy', 5_000);
    const { gate } = await fullGate();
    const order = waitFor(
      gate,
      Array.from({ length: 4 }, (): [string, LoadClass] => ['greedy', 'read']),
    );
    expect(gate.wouldReject({ consumer: 'greedy', loadClass: 'read' })).toBe(true);
    expect(gate.wouldReject({ consumer: 'quiet', loadClass: 'write' })).toBe(false);
    void gate.enter(gateRequest({ consumer: 'quiet', loadClass: 'write' }));
    await turns();
    expect([order, gate.queued]).toEqual([['no greedy read'], 4]);
  });

  test('a burst is waited for, but once the queue was full few wait, and not for long, until it is empty', async () => {
    const own = new VirtualClock();
    const gate = createGate({ running: 1, queued: 40, queuedUnderLoad: 4, waitMsMax: 10_000, share: 1 }, own);
    const leave = await gate.enter(gateRequest());
    const burst = Array.from({ length: 40 }, () => gate.enter(gateRequest()));
    await own.advance(5_000);
    expect(gate.queued).toBe(40);
    const outcomes = burst.map(outcomeOf);
    gate.enter(gateRequest({ loadClass: 'cached' })).catch(() => {});
    expect(gate.queued).toBe(4);
    await own.advance(150);
    expect(gate.queued).toBe(0);
    expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['overloaded']));
    leave();
    await gate.enter(gateRequest());
    void gate.enter(gateRequest()).catch(() => {});
    await own.advance(5_000);
    expect(gate.queued).toBe(1);
  });
});

describe('an event loop that is late', () => {
  const lateClock = () => {
    const inner = new VirtualClock();
    let behind = 0;
    const late: VirtualClock = Object.assign(Object.create(inner), {
      monotonic: () => inner.monotonic() + behind,
      after: (milliseconds: number, action: () => void) => inner.after(milliseconds, action),
      now: () => inner.now(),
    });
    return {
      late,
      inner,
      block: (milliseconds: number) => {
        behind += milliseconds;
      },
    };
  };

  test('H5 blocked for half a second it sheds for a second, least important first, and then no more', async () => {
    const { late, inner, block } = lateClock();
    const overload = openOverload({ clock: late, busyFrom: 0 });
    const request = { headers: {}, ip: '192.0.2.1', consumer: null };
    const exporting = { headers: { accept: 'text/csv' }, ip: '192.0.2.1', consumer: null };
    const sheds = (id: string, asked = request) => {
      try {
        overload.admit(operationOf(id), asked);
        return false;
      } catch {
        return true;
      }
    };
    sheds('healthLive');
    await inner.advance(200);
    expect(sheds('listCosts')).toBe(false);
    block(150);
    await inner.advance(20);
    expect([sheds('listCosts', exporting), sheds('createBudget'), sheds('listCosts'), sheds('healthReady')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    block(500);
    await inner.advance(20);
    expect([sheds('createBudget'), sheds('listCosts'), sheds('healthReady')]).toEqual([true, true, false]);
    await inner.advance(1_100);
    expect(sheds('listCosts', exporting)).toBe(false);
    expect(overload.state().shed).toBe(3);
    overload.close();
  });

  test('one within its share of the event loop is served while one beyond it is turned away', async () => {
    const { late, inner, block } = lateClock();
    const overload = openOverload({ clock: late, busyFrom: 0 });
    const by = (name: string) => ({
      headers: {},
      ip: '192.0.2.1',
      consumer: { name, scopes: new Set<never>(), connections: null },
    });
    const sheds = (name: string): boolean => {
      try {
        overload.admit(operationOf('listCosts'), by(name));
        return false;
      } catch {
        return true;
      }
    };
    const compute = (name: string, milliseconds: number): void =>
      overload.within(by(name), () => {
        const until = performance.now() + milliseconds;
        while (performance.now() < until);
      });
    compute('greedy', 300);
    compute('quiet', 1);
    sheds('quiet');
    await inner.advance(100);
    block(500);
    await inner.advance(20);
    expect([sheds('greedy'), sheds('quiet'), sheds('new')]).toEqual([true, false, false]);
    overload.close();
  });

  test('requests that wait for a vendor keep others from running only until the loop is seen to be idle', async () => {
    const own = new VirtualClock();
    const overload = openOverload({ clock: own });
    const consumer = { name: 'anonymous', scopes: new Set<never>(), connections: null };
    const request = { headers: {}, ip: '192.0.2.1' };
    const input = { consumer, deadline: Number.POSITIVE_INFINITY, signal: stays };
    for (let count = 0; count < 100; count += 1) {
      overload.admit(operationOf('listCosts'), { ...request, consumer });
      void overload.around({ operation: operationOf('listCosts'), input, request }, () => new Promise(() => {}));
    }
    const before = overload.state();
    expect([before.running < 10, before.queued > 90]).toEqual([true, true]);
    for (let tick = 0; tick < 200; tick += 1) await own.advance(20);
    expect(overload.state()).toMatchObject({ running: 100, queued: 0 });
    overload.close();
  });

  test('one heavy request on a quiet gateway turns nobody away', async () => {
    const { late, inner, block } = lateClock();
    const overload = openOverload({ clock: late });
    const ask = () => overload.admit(operationOf('listCosts'), { headers: {}, ip: '192.0.2.1', consumer: null });
    ask();
    await inner.advance(100);
    block(800);
    expect(ask).not.toThrow();
    for (let index = 0; index < 20; index += 1) {
      try {
        ask();
      } catch {
        // The last of them are turned away.
      }
    }
    expect(ask).toThrow('least urgent');
    overload.close();
  });

  test('nothing is measured while nobody asks: a clock that is moved by hours wakes nobody', async () => {
    const { late, inner } = lateClock();
    const monitor = openLoopMonitor(late);
    monitor.delayMs();
    await inner.advance(10_000);
    expect(inner.waiting).toBe(0);
  });

  test('it is measured over the last second and not since the start', async () => {
    const { late, inner, block } = lateClock();
    const monitor = openLoopMonitor(late);
    for (let second = 0; second < 60; second += 1) {
      monitor.delayMs();
      await inner.advance(900);
    }
    block(300);
    expect(monitor.delayMs()).toBeGreaterThanOrEqual(280);
    await inner.advance(2_000);
    expect(monitor.delayMs()).toBeLessThan(20);
    monitor.stop();
  });
});

test('what a request is follows from the operation and from what it asks for', () => {
  const request = { headers: {}, ip: '192.0.2.1', consumer: null };
  const classOf = (id: string, headers = {}) => loadClassOf(operationOf(id), { ...request, headers });
  expect(classOf('healthLive')).toBe('health');
  expect(classOf('metrics')).toBe('health');
  expect(classOf('listCosts')).toBe('read');
  expect(classOf('listCosts', { accept: 'application/x-ndjson' })).toBe('export');
  expect(classOf('createBudget')).toBe('write');
});
