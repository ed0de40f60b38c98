import { describe, expect, it } from 'vitest';
import { createProbes } from '../../src/app/probes.ts';
import { Readiness } from '../../src/app/readiness.ts';
import { defaultDrain, drain } from '../../src/app/shutdown.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import { VirtualClock } from '../support/clock.ts';

const setUp = () => {
  const clock = new VirtualClock();
  const readiness = new Readiness(() => ({ store: 'memory', durable: false, storeState: 'ok', checks: [] }));
  readiness.ready();
  const probes = createProbes(clock);
  const probe = async (prober: string, periodMs: number, times: number): Promise<void> => {
    for (let count = 0; count < times; count += 1) {
      probes.note(prober);
      await clock.advance(periodMs);
    }
  };
  /** How long requests are taken after the signal to stop. */
  const noticeMs = async (): Promise<number> => {
    const begun = clock.monotonic();
    let closedAt = Number.NaN;
    const drained = drain({
      clock,
      log: silentLog,
      readiness,
      probes,
      times: defaultDrain,
      close: async () => {
        closedAt = clock.monotonic();
      },
    });
    expect(readiness.state).toBe('draining');
    await clock.advance(30_000);
    expect(await drained).toBe(0);
    return closedAt - begun;
  };
  return { clock, probe, noticeMs };
};

describe('a process that is told to stop takes requests', () => {
  it('for two seconds when nobody probes it', async () => {
    expect(await setUp().noticeMs()).toBe(2_000);
  });

  it('for two seconds when it is probed often', async () => {
    const { probe, noticeMs } = setUp();
    await probe('balancer', 500, 10);
    expect(await noticeMs()).toBe(2_000);
  });

  it('for three periods of the slowest prober', async () => {
    const { clock, probe, noticeMs } = setUp();
    await probe('slow', 1_500, 4);
    await probe('quick', 100, 4);
    await clock.advance(100);
    expect(await noticeMs()).toBe(4_500);
  });

  it('for ten seconds at most, so that requests in flight have time to end', async () => {
    const { probe, noticeMs } = setUp();
    await probe('very slow', 20_000, 3);
    expect(await noticeMs()).toBe(10_000);
  });

  it('no longer because of a prober that has gone', async () => {
    const { clock, probe, noticeMs } = setUp();
    await probe('gone', 1_500, 4);
    await clock.advance(20_000);
    expect(await noticeMs()).toBe(2_000);
  });
});

it('a shutdown that hangs ends after 25 seconds', async () => {
  const clock = new VirtualClock();
  const readiness = new Readiness(() => ({ store: 'memory', durable: false, storeState: 'ok', checks: [] }));
  const close = () => new Promise<void>(() => {});
  const drained = drain({ clock, log: silentLog, readiness, probes: createProbes(clock), times: defaultDrain, close });
  await clock.advance(25_000);
  expect(await drained).toBe(1);
});
