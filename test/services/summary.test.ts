import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { summariseCosts } from '../../routes/summarise-costs.ts';
import { addDays, daysIn } from '../../src/domain/day.ts';
import type { RunningApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { type ToyVendor, toyCubes } from '../support/toy-vendor.ts';
import { startToyVendors, steadyVendor } from '../support/toy-vendors-app.ts';

const answerSchema = z.object({
  data: z.array(
    z.object({
      connection: z.string(),
      current: z.object({ amount: z.string(), currency: z.string() }),
      previous: z.object({ amount: z.string() }).nullable(),
      change: z.object({ amount: z.string() }).nullable(),
      changePercent: z.string().nullable(),
    }),
  ),
  totals: z.array(z.object({ previous: z.unknown(), change: z.unknown() })),
  periods: z.unknown(),
  meta: z.object({
    complete: z.boolean(),
    providers: z.array(
      z.object({
        connection: z.string(),
        status: z.string(),
        notes: z.array(z.object({ code: z.string(), message: z.string() })),
        problem: z.object({ detail: z.string() }).optional(),
      }),
    ),
  }),
});

let clock: VirtualClock;
let acme: ToyVendor;
let umbrella: ToyVendor;
let app: RunningApp;
const start = async (at = '2026-11-21T10:00:00Z', historyDays?: number) => {
  clock = new VirtualClock(at);
  const history = historyDays === undefined ? {} : { costs: { historyDays } };
  acme = steadyVendor(clock, 10, { name: 'acme', cubes: [toyCubes.range], ...history });
  umbrella = steadyVendor(clock, 30, { name: 'umbrella', cubes: [toyCubes.range] });
  app = await startToyVendors([acme, umbrella], clock);
};
beforeEach(() => start());
afterEach(() => app.close());

const summary = async (query = '') => {
  const answer = await app.get(`/v1/costs/summary${query}`);
  expect(answer.status, answer.text).toBe(200);
  expect(summariseCosts.answers[200]?.schema?.parse(answer.body)).toEqual(answer.body);
  const { data, totals, periods, meta } = answerSchema.parse(answer.body);
  const rows = data.map((row) => [
    row.connection,
    row.current.amount,
    row.previous?.amount ?? null,
    row.change?.amount ?? null,
    row.changePercent,
  ]);
  const notes = Object.fromEntries(
    meta.providers.map((each) => [each.connection, each.notes.filter(({ code }) => code !== 'single-cost-figure')]),
  );
  return { rows, totals, periods, meta, notes };
};

describe('GET /v1/costs/summary compares like with like', () => {
  it('counts no day that a connection has not wholly reported, and says through which day it compares', async () => {
    acme.completeThrough = '2026-11-20';
    umbrella.completeThrough = '2026-11-19';
    const { rows, periods, notes, meta } = await summary();
    expect(rows).toEqual([
      ['acme', '190', '190', '0', '0'],
      ['umbrella', '570', '570', '0', '0'],
    ]);
    expect(periods).toEqual({
      asked: { start: '2026-11-01', end: '2026-11-22' },
      current: { start: '2026-11-01', end: '2026-11-20' },
      previous: { start: '2026-10-13', end: '2026-11-01' },
    });
    const note = {
      code: 'compared-through',
      message:
        'compared through 2026-11-19, the last day that every connection of this answer has reported; later days are not counted',
    };
    expect(notes).toEqual({ acme: [note], umbrella: [note] });
    expect(meta.complete).toBe(true);
  });

  it.each([
    ['previous-month', { start: '2026-10-01', end: '2026-10-20' }],
    ['previous-year', { start: '2025-11-01', end: '2025-11-20' }],
  ])('by %s over the same days', async (compare, previous) => {
    const { rows, periods } = await summary(`?compare=${compare}`);
    expect(periods).toMatchObject({ current: { end: '2026-11-20' }, previous });
    expect(rows.map(([, , , change]) => change)).toEqual(['0', '0']);
  });

  it('waits for no connection that is not asked', async () => {
    acme.completeThrough = '2026-11-20';
    umbrella.completeThrough = '2026-11-10';
    expect((await summary('?connection=acme')).rows).toEqual([['acme', '200', '200', '0', '0']]);
  });

  it('takes a range that is all reported as it is, without a note', async () => {
    const { periods, notes } = await summary('?start=2026-10-01&end=2026-11-01&compare=previous-month');
    expect(periods).toEqual({
      asked: { start: '2026-10-01', end: '2026-11-01' },
      current: { start: '2026-10-01', end: '2026-11-01' },
      previous: { start: '2026-09-01', end: '2026-10-01' },
    });
    expect(notes).toEqual({ acme: [], umbrella: [] });
  });

  it('counts a day of a vendor that does not tell once it has been over for a day', async () => {
    acme.completeThrough = null;
    umbrella.completeThrough = '2026-11-20';
    const { periods, notes } = await summary();
    expect(periods).toMatchObject({ current: { end: '2026-11-20' } });
    expect(notes.acme?.[0]?.message).toContain('does not say how far it has reported');
    expect(notes.umbrella?.[0]?.message).not.toContain('does not say');
  });

  it.each([
    ['on the first of a month', '2026-12-01T10:00:00Z', '2026-12-02', '1'],
    ['on the day after it', '2026-12-02T10:00:00Z', '2026-12-03', '11'],
  ])('compares nothing while no day of the range is reported, %s', async (_when, at, end, amount) => {
    await app.close();
    await start(at);
    const { rows, periods, notes } = await summary('?connection=acme');
    expect(rows).toEqual([['acme', amount, null, null, null]]);
    expect(periods).toMatchObject({ current: { start: '2026-12-01', end } });
    expect(notes.acme).toMatchObject([{ code: 'nothing-compared' }]);
  });

  it('asks no vendor again when the question is repeated', async () => {
    await summary();
    const calls = acme.calls;
    await summary();
    expect(acme.calls).toBe(calls);
  });
});

describe('GET /v1/costs/summary never takes what is not known for zero', () => {
  const unknownDays = (from: string, to: string) =>
    daysIn(from, to).map((day) => ({ path: `costs ${day}`, message: 'lies before the first day', day }));

  it.each([
    ['nothing', '2025-12-01'],
    ['only a part', '2025-11-10'],
  ])('where %s of the range before is known', async (_what, until) => {
    acme.faults = unknownDays('2025-11-01', until);
    const { rows, totals, meta } = await summary('?compare=previous-year');
    expect(rows).toEqual([
      ['acme', '190', null, null, null],
      ['umbrella', '570', '570', '0', '0'],
    ]);
    expect(totals).toMatchObject([{ previous: null, change: null }]);
    expect(meta.complete).toBe(false);
    expect(meta.providers).toMatchObject([{ status: 'partial' }, { status: 'fresh' }]);
  });

  it.each([
    ['all of the range before', 300],
    ['a part of it', 370],
  ])('where the vendor no longer keeps %s, which it is not asked for', async (_what, historyDays) => {
    await app.close();
    await start('2026-11-21T10:00:00Z', historyDays);
    const { rows, totals, meta } = await summary('?compare=previous-year');
    expect(rows).toEqual([
      ['acme', '190', null, null, null],
      ['umbrella', '570', '570', '0', '0'],
    ]);
    expect(totals).toMatchObject([{ previous: null, change: null }]);
    expect(meta.complete).toBe(false);
    const oldest = addDays('2026-11-21', -historyDays);
    expect(meta.providers[0]).toMatchObject({ status: 'partial' });
    expect(meta.providers[0]?.problem?.detail).toContain(`keeps daily figures for ${historyDays} days`);
    expect(acme.questions.filter((question) => question.start < oldest)).toEqual([]);
  });

  it.each([
    ['the range before', '2026-11-01', '2026-12-01', [['acme', '95', null, null, null]]],
    ['the range itself', '2026-10-01', '2026-11-01', []],
  ])('where no exchange rate is known for %s', async (_what, validFrom, validTo, inEuro) => {
    await app.close();
    const rate = { from: 'USD', to: 'EUR', rate: '0.5', validFrom, validTo, custom: false, source: 'config' };
    app = await startToyVendors([acme], clock, { exchangeRates: [rate] });
    const answer = await app.get('/v1/costs/summary?currency=EUR&connection=acme');
    const { data, totals } = answerSchema.parse(answer.body);
    const euros = data.filter(({ current }) => current.currency === 'EUR');
    expect(
      euros.map((row) => [row.connection, row.current.amount, row.previous, row.change, row.changePercent]),
    ).toEqual(inEuro);
    for (const row of [...data, ...totals]) expect(row).toMatchObject({ previous: null, change: null });
  });

  it('where a part of the range itself is not known', async () => {
    acme.faults = unknownDays('2026-11-03', '2026-11-05');
    const { rows, totals, meta } = await summary();
    expect(rows).toEqual([
      ['acme', '190', '190', null, null],
      ['umbrella', '570', '570', '0', '0'],
    ]);
    expect(totals).toMatchObject([{ change: null }]);
    expect(meta.complete).toBe(false);
  });
});
