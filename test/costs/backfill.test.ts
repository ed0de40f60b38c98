import { beforeEach, describe, expect, it } from 'vitest';
import { createBacklog } from '../../src/costs/backlog.ts';
import { createSegmentFetcher } from '../../src/costs/segments/segment-fetch.ts';
import { createSegmentStore } from '../../src/costs/segments/segment-store.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { type Backfill, type BackfillReport, createBackfill } from '../../src/services/backfill.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const minute = 60_000;

let clock: VirtualClock;
let vendor: ToyVendor;
let rig: Rig;
let backfill: Backfill;
let reports: BackfillReport[];

const start = (cubes: ConstructorParameters<typeof ToyVendor>[1]): void => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  vendor = new ToyVendor(clock, { name: 'acme', ...cubes });
  rig = openRig([vendor], clock);
  const { store, segmentCache, segmentWriter, connections } = rig;
  const segmentFetcher = createSegmentFetcher(clock, store, segmentWriter);
  const segmentStore = createSegmentStore({ clock, segmentCache, segmentFetcher, staleIfErrorMs: 0 });
  const backlog = createBacklog(clock, segmentStore);
  backfill = createBackfill({ clock, store, log: silentLog, backlog, connections });
  reports = [];
};
const run = (months = 3) => backfill.run(rig.connection, { months, report: (report) => reports.push(report) });
const throttled = new Failure('vendor-throttled', { public: 'Too many calls.', retryAfterMs: 5 * minute });

beforeEach(() => start({ cubes: [toyCubes.month] }));

describe('a backfill', () => {
  it('reads months before this one, oldest first, and then nothing more', async () => {
    expect(await run()).toEqual({
      progress: { from: '2026-08-01', to: '2026-11-20', doneThrough: '2026-11-20', callsLeft: 0 },
      failures: [],
    });
    expect(vendor.questions.map(({ start: day }) => day)).toEqual([
      '2026-08-01',
      '2026-09-01',
      '2026-10-01',
      '2026-11-01',
    ]);
    await run();
    expect(vendor.calls).toBe(4);
  });

  it('reports after each step how far it is', async () => {
    await run();
    expect(reports.map(({ doneThrough, callsLeft }) => [doneThrough, callsLeft])).toEqual([
      [null, 16],
      ['2026-08-31', 12],
      ['2026-09-30', 8],
      ['2026-10-31', 4],
      ['2026-11-20', 0],
    ]);
  });

  it('asks for as many months at once as one call covers', async () => {
    start({ cubes: [toyCubes.range] });
    await run(11);
    expect(vendor.questions.map(({ start: day }) => day)).toEqual([
      '2025-12-01',
      '2026-03-01',
      '2026-06-01',
      '2026-09-01',
    ]);
  });

  it('waits for a pause of the vendor, says until when, and goes on where it stopped', async () => {
    await run(1);
    vendor.failure = throttled;
    const going = run(3);
    await clock.advance(4 * minute);
    expect(reports.at(-1)).toMatchObject({
      doneThrough: null,
      callsLeft: 8,
      waiting: { until: '2026-11-21T10:05:00Z', because: 'Too many calls.' },
    });
    vendor.failure = null;
    await clock.advance(5 * minute);
    expect((await going).progress).toMatchObject({ doneThrough: '2026-11-20', callsLeft: 0 });
  });

  it('goes on after a month that fails, and names what is missing', async () => {
    vendor.rewrite = (rows, question) => {
      if (question.start !== '2026-09-01') return rows;
      throw new Failure('vendor-unavailable', { public: 'September is not to be had.' });
    };
    const { progress, failures } = await run();
    expect(progress).toMatchObject({ doneThrough: '2026-08-31', callsLeft: 4 });
    expect(failures.map((failure) => failure.details.public)).toEqual(['September is not to be had.']);
  });

  it('keeps its progress in the store, for every replica', async () => {
    expect(await backfill.progress(rig.connection)).toBe(null);
    await run();
    expect(await backfill.progress(rig.connection)).toEqual({
      from: '2026-08-01',
      to: '2026-11-20',
      doneThrough: '2026-11-20',
      callsLeft: 0,
    });
  });

  it('ends at once when it is told to, and keeps what was read', async () => {
    vendor.delayMs = minute;
    const stop = new AbortController();
    const going = backfill.run(rig.connection, { months: 3, signal: stop.signal });
    const ended = expect(going).rejects.toThrow('enough');
    await clock.advance(minute);
    stop.abort(new Error('enough'));
    await clock.advance(minute);
    await ended;
    const calls = vendor.calls;
    expect(calls).toBeLessThan(4);
    vendor.delayMs = 0;
    await run();
    expect(vendor.calls).toBe(4);
  });
});

describe('in the background', () => {
  it('begins a minute after the start, and looks again the next day', async () => {
    backfill.start(3);
    await clock.advance(minute - 1);
    expect(vendor.calls).toBe(0);
    await clock.advance(2);
    expect(vendor.calls).toBe(4);
    await clock.advance(25 * 60 * minute);
    expect(vendor.calls).toBeGreaterThan(4);
    backfill.close();
  });

  it('tries again after an hour when something failed', async () => {
    vendor.failure = new Failure('vendor-unavailable', { public: 'Down.' });
    backfill.start(3);
    await clock.advance(10 * minute);
    vendor.failure = null;
    const calls = vendor.calls;
    await clock.advance(70 * minute);
    expect(vendor.calls).toBe(calls + 4);
    backfill.close();
  });
});
