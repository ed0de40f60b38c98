import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, daysIn } from '../../src/domain/day.ts';
import { Failure } from '../../src/domain/failure/failure.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import type { CostQuestion, CostReading, FillSession } from '../../src/vendor/contract/contract.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const today = '2026-11-21';
const october = { start: '2026-10-01', end: '2026-11-01' };
const hour = 3_600_000;

let clock: VirtualClock;
let rig: Rig;

/** A vendor that is read as the test says. */
const start = (
  fill: (session: FillSession, question: CostQuestion) => Promise<CostReading>,
  store = createMemoryStore(new VirtualClock(`${today}T10:00:00Z`)),
): void => {
  clock = new VirtualClock(`${today}T10:00:00Z`);
  const vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.range], costs: { fill } });
  rig = openRig([vendor], clock, { store });
};

const empty: CostReading = { items: [], notes: [], faults: [], completeThrough: today };
const costOf = (day: string, amount = '1') => ({ day, values: ['a', 's'], amount, currency: 'USD' });
const throttled = () => new Failure('vendor-throttled', { public: 'Slow down.', retryAfterMs: 1_000 });

/** Reads day by day and hands each over; fails before the days in `failAt`, once each. */
const dayByDay = (asked: string[], failAt: Set<string>) => async (session: FillSession, question: CostQuestion) => {
  for (const day of daysIn(question.start, question.end)) {
    if (day > session.today()) break;
    if (failAt.delete(day)) throw throttled();
    asked.push(day);
    await session.keep({ ...empty, start: day, end: addDays(day, 1), items: [costOf(day)] });
  }
  return empty;
};

describe('days that a fill has handed over', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
  });

  it('are stored although the fill fails afterwards, and the answer names what is missing', async () => {
    start(dayByDay(asked, new Set(['2026-10-11'])));
    const answer = await rig.ask(october);
    expect(answer.totals).toEqual([{ amount: '10', currency: 'USD' }]);
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]).toMatchObject({ status: 'partial', problem: { status: 429 } });
    expect(answer.providers[0]?.problem?.detail).toContain('21 days between 2026-10-11 and 2026-10-31 are missing');
  });

  it('are not asked for again, wherever the fill was broken off', async () => {
    const days = daysIn(october.start, october.end);
    start(dayByDay(asked, new Set(days)));
    let rounds = 0;
    for (let complete = false; !complete && rounds < 40; rounds += 1) {
      complete = (await rig.ask({ ...october, granularity: 'total' }).catch(() => null))?.complete ?? false;
      await clock.advance(60_000);
    }
    expect(asked).toEqual(days);
    expect(rounds).toBe(days.length + 1);
    expect((await rig.ask({ ...october, granularity: 'total' })).totals).toEqual([{ amount: '31', currency: 'USD' }]);
  });

  it('let other requests run before the next ones are read', async () => {
    let turns = 0;
    let running = true;
    const turn = () => {
      turns += 1;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    const seen: number[] = [];
    start(async (session, question) => {
      for (const day of daysIn(question.start, question.end)) {
        await session.keep({ ...empty, start: day, end: addDays(day, 1), items: [costOf(day)] });
        seen.push(turns);
      }
      return empty;
    });
    expect((await rig.ask(october)).complete).toBe(true);
    running = false;
    expect(seen).toHaveLength(31);
    expect(new Set(seen).size).toBe(31);
  });

  it('renew the deadline of the fill', async () => {
    start(async (session, question) => {
      for (const day of daysIn(question.start, question.end)) {
        await clock.sleep(100_000);
        await session.keep({ ...empty, start: day, end: addDays(day, 1), items: [costOf(day)] });
      }
      return empty;
    });
    const slow = rig.ask({ ...october, granularity: 'total' }, { deadline: clock.monotonic() + 2 * hour });
    await clock.advance(2 * hour);
    expect((await slow).totals).toEqual([{ amount: '31', currency: 'USD' }]);
  });

  it('must not come twice: a row of such a day in the rest is a fault', async () => {
    start(async (session) => {
      await session.keep({ ...empty, ...october, end: '2026-10-05', items: [costOf('2026-10-02')] });
      return { ...empty, items: [costOf('2026-10-02', '5'), costOf('2026-10-09', '7')] };
    });
    const answer = await rig.ask({ ...october, granularity: 'total' });
    expect(answer.totals).toEqual([{ amount: '8', currency: 'USD' }]);
    expect(answer.complete).toBe(false);
  });

  it('do not stop the days after them where a faulty one may not replace a good one', async () => {
    let amount = '1';
    start(async (session, question) => {
      for (const day of daysIn(question.start, question.end)) {
        if (day > session.today()) break;
        const faults = amount === '2' && day === '2026-11-19' ? [{ path: 'costs', message: 'is none' }] : [];
        asked.push(day);
        await session.keep({ ...empty, start: day, end: addDays(day, 1), items: [costOf(day, amount)], faults });
      }
      return empty;
    });
    const days = { start: '2026-11-19', end: '2026-11-22', granularity: 'daily' } as const;
    await rig.ask(days);
    await clock.advance(13 * hour);
    amount = '2';
    asked.length = 0;
    const answer = await rig.ask(days);
    expect(asked.slice(-3)).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
    expect(answer.rows.map(({ cost }) => cost.amount)).toEqual(['1', '2', '2']);
    expect(answer.providers[0]).toMatchObject({ status: 'stale', problem: { type: '/problems/vendor-incomplete' } });
    const calls = asked.length;
    await rig.ask(days);
    expect(asked.length, 'asked for again by the next caller').toBe(calls);
    amount = '3';
    await clock.advance(60_000);
    expect((await rig.ask(days)).rows.map(({ cost }) => cost.amount)).toEqual(['3', '3', '3']);
  });

  it('leave no fault unsaid when no day is left that it could belong to', async () => {
    start(async (session) => {
      await session.keep({ ...empty, ...october });
      return { ...empty, faults: [{ path: 'costs', message: 'could not be read' }] };
    });
    const answer = await rig.ask({ ...october, granularity: 'total' });
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]?.problem?.detail).toContain('could not be read');
  });
});

describe('progress that a fill has saved', () => {
  const pages = ['1', '2', '3', '4'];
  /** Reads pages behind a cursor; `failAt` throws once before those pages. */
  const byPage =
    (paid: string[], failAt: Set<string>, failure = throttled) =>
    async (session: FillSession) => {
      const before = await session.resume.saved();
      if (before.length === 0) paid.push('query');
      for (const page of pages.slice(before.length)) {
        if (failAt.delete(page)) throw failure();
        paid.push(page);
        await session.resume.save(page, 24 * hour);
      }
      const read = await session.resume.saved();
      return { ...empty, items: read.map((page) => costOf(`2026-10-0${page}`, page)) };
    };

  it.each(pages)('is gone on with after a fault at page %s, and nothing is read twice', async (page) => {
    const paid: string[] = [];
    start(byPage(paid, new Set([page])));
    expect((await rig.ask({ ...october }, { strict: false }).catch(() => null))?.complete ?? false).toBe(false);
    await clock.advance(60_000);
    const answer = await rig.ask({ ...october, granularity: 'total' });
    expect(answer.totals).toEqual([{ amount: '10', currency: 'USD' }]);
    expect(paid.filter((each) => each === 'query').length).toBe(page === '1' ? 2 : 1);
    expect(paid.filter((each) => each !== 'query')).toEqual(pages);
  });

  it('survives a restart, and its figures count as read when it began', async () => {
    const store = createMemoryStore(new VirtualClock(`${today}T10:00:00Z`));
    const paid: string[] = [];
    const read = byPage(paid, new Set(['3']));
    start(read, store);
    await rig.ask(october).catch(() => null);
    start(read, store);
    await clock.advance(hour);
    const answer = await rig.ask({ ...october, granularity: 'total' });
    expect(answer.totals).toEqual([{ amount: '10', currency: 'USD' }]);
    expect(paid).toEqual(['query', '1', '2', '3', '4']);
    expect(answer.providers[0]?.asOf).toBe(`${today}T10:00:00Z`);
  });

  it('shows that the vendor answers: the next attempt does not wait longer and longer', async () => {
    const paid: string[] = [];
    const gone = () => new Failure('vendor-unavailable', { public: 'Gone.' });
    start(byPage(paid, new Set(['2', '3', '4']), gone));
    for (let attempt = 0; attempt < pages.length; attempt += 1) {
      await rig.ask(october).catch(() => null);
      await clock.advance(6_000);
    }
    expect(paid).toEqual(['query', ...pages]);
    expect((await rig.ask(october)).complete).toBe(true);
  });

  it('belongs to the days that are not handed over, and is found by the attempt that asks for those', async () => {
    const answers: string[] = [];
    let broken = false;
    start(async (session, question) => {
      const before = await session.resume.saved();
      answers.push(`${question.start} ${before.join('+')}`);
      if (before.length === 0) {
        await session.resume.save('first', hour);
        await session.keep({ ...empty, start: question.start, end: '2026-10-11', items: [costOf('2026-10-02')] });
        expect(await session.resume.saved()).toEqual([]);
        await session.resume.save('second', hour);
        await session.resume.save('third', hour);
      }
      if (!broken) {
        broken = true;
        throw throttled();
      }
      return { ...empty, items: [costOf('2026-10-12', '3')] };
    });
    await rig.ask(october);
    await clock.advance(60_000);
    const answer = await rig.ask({ ...october, granularity: 'total' });
    expect(answers).toEqual(['2026-10-01 ', '2026-10-11 second+third']);
    expect(answer.totals).toEqual([{ amount: '4', currency: 'USD' }]);
    expect(answer.complete).toBe(true);
    expect(await rig.store.keys('resume/', 10)).toEqual([]);
  });

  it('is dropped once the fill has succeeded', async () => {
    const paid: string[] = [];
    start(byPage(paid, new Set()));
    await rig.ask(october);
    expect(await rig.store.keys('resume/', 10)).toEqual([]);
  });
});

describe('the other spans of a question', () => {
  const nineMonths = { start: '2026-01-01', end: '2026-10-01' };
  const spansAskedWhen = async (failure: Failure): Promise<string[]> => {
    const asked: string[] = [];
    start(async (_session, question) => {
      asked.push(question.start);
      throw failure;
    });
    await rig.ask(nineMonths).catch(() => null);
    return asked;
  };

  it('are not asked for when the vendor does not let the connection read them', async () => {
    for (const kind of ['permission-missing', 'credentials-rejected'] as const) {
      expect(await spansAskedWhen(new Failure(kind, { public: 'No.' }))).toHaveLength(1);
    }
  });

  it('are asked for when one of them fails otherwise', async () => {
    expect((await spansAskedWhen(new Failure('vendor-malformed', { public: 'Odd.' }))).length).toBeGreaterThan(1);
  });
});
