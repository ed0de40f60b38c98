import { afterEach, describe, expect, it } from 'vitest';
import { allCostsOf, costsOf } from '../../../test/support/answers.ts';
import { type RunningApp, startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { HastyClock } from '../../../test/support/hasty-clock.ts';
import { elastic } from '../manifest.ts';

const charts = '/api/v2/billing/organizations/2718281828/charts';
const instances = '/api/v2/billing/organizations/2718281828/costs/instances';
const year = { start: '2025-11-21', end: '2026-11-21', granularity: 'daily', groupBy: 'account' };
const fortnight = { start: '2026-11-01', end: '2026-11-22', granularity: 'daily', groupBy: 'account' };

let app: RunningApp;
afterEach(() => app.close());
const start = async (variant = '', clock = new VirtualClock()): Promise<void> => {
  app = await startApp([elastic], { clock, variants: { elastic: variant } });
};
const sandbox = () => {
  const running = app.sandboxes.elastic;
  if (running === undefined) throw new TypeError('expected a sandbox');
  return running;
};
const callsTo = (path: string): number => sandbox().calls.filter((call) => call.path === path).length;
const costCalls = (): number => callsTo(charts) + callsTo(instances);
type Asked = Parameters<typeof allCostsOf>[1];
const notesOf = async (asked: Asked): Promise<string[]> =>
  ((await costsOf(app, asked)).meta.providers[0]?.notes ?? []).map(({ code }) => code);
/** The same question, answered from line items alone. */
const itemised = async (asked: Asked) => {
  const other = await startApp([elastic], { clock: new VirtualClock(), variants: { elastic: 'no-charts' } });
  const answer = await allCostsOf(other, asked);
  await other.close();
  return answer;
};

describe('a year of days by deployment', () => {
  it('takes a handful of calls, and not one for each day', async () => {
    await start();
    const answer = await allCostsOf(app, year);
    expect(answer.meta.complete).toBe(true);
    // Three calls find out whether charts can be used; each half of the year takes a chart and its check.
    expect(costCalls()).toBe(3 + 3 * 2);
    expect(new Set(answer.data.map((row) => row.start)).size).toBe(365);
    const calls = costCalls();
    await costsOf(app, { ...year, granularity: 'monthly' });
    await costsOf(app, { ...year, groupBy: 'connection' });
    expect(costCalls()).toBe(calls);
  });

  it('has the figures and names of the line items, to the last digit', async () => {
    await start();
    const answer = await allCostsOf(app, fortnight);
    const expected = await itemised(fortnight);
    expect(answer.data).toEqual(expected.data);
    expect(answer.totals).toEqual(expected.totals);
    expect(answer.meta.providers[0]?.completeThrough).toBe(expected.meta.providers[0]?.completeThrough);
  });
});

describe.each([
  ['in milliseconds', 'milliseconds'],
  ['in hundredths of an ECU', 'charts-hundredfold'],
  ['without names and types', 'sparse'],
])('a chart %s', (_what, variant) => {
  it('gives the same figures, and the answer has no note of it', async () => {
    await start(variant);
    const answer = await allCostsOf(app, fortnight);
    const expected = await itemised(fortnight);
    expect(answer.data.map(({ start: day, group, cost }) => [day, group, cost])).toEqual(
      expected.data.map(({ start: day, group, cost }) => [day, group, cost]),
    );
    expect(callsTo(instances)).toBeLessThan(5);
    expect(await notesOf(fortnight)).not.toContain('charts-unused');
  });
});

describe.each([
  ['does not agree with the line items', 'charts-differ'],
  ['is not there', 'no-charts'],
])('a chart that %s', (_what, variant) => {
  it('is not used: days are read one by one, and the answer says so', async () => {
    await start(variant);
    const answer = await allCostsOf(app, fortnight);
    const expected = await itemised({ ...fortnight, groupBy: 'account' });
    expect(answer.data).toEqual(expected.data);
    expect(callsTo(charts)).toBe(1);
    expect(callsTo(instances)).toBeGreaterThanOrEqual(21);
    expect(await notesOf(fortnight)).toContain('charts-unused');
  });

  it('leaves its days in the data by line item, so that no other question reads them again', async () => {
    await start(variant);
    await costsOf(app, fortnight);
    const calls = costCalls();
    await costsOf(app, { ...fortnight, groupBy: 'category' });
    expect(costCalls()).toBe(calls);
  });
});

describe('a chart that fails later', () => {
  it.each([
    ['is gone', { kind: 'status', path: charts, status: 404 } as const],
    ['cannot be read', { kind: 'body', path: charts, body: '{"data":[{"timestamp":"x"}]}' } as const],
    ['is empty', { kind: 'body', path: charts, body: '{"data":[]}' } as const],
    ['depends on what is down', { kind: 'status', path: charts, status: 424 } as const],
  ])('because it %s does not fail the answer', async (_what, fault) => {
    await start('', new HastyClock());
    await costsOf(app, { ...fortnight, start: '2026-11-10' });
    sandbox().faults.set([fault]);
    const asked = { ...fortnight, start: '2026-09-01', end: '2026-10-01' };
    const answer = await allCostsOf(app, asked);
    expect(answer.meta.complete).toBe(true);
    expect(answer.data).toEqual((await itemised(asked)).data);
    expect(await notesOf(asked)).toContain('charts-unused');
  });
});

describe('the days that are not complete', () => {
  it('are read one by one where the chart lags behind', async () => {
    await start();
    await costsOf(app, { ...fortnight, start: '2026-10-01', end: '2026-11-01' });
    const chart = await (
      await fetch(`${sandbox().url}${charts}?from=2026-11-01T00:00:00Z&to=2026-11-20T00:00:00Z`, {
        headers: { authorization: `ApiKey ${sandbox().settings.apiKey}` },
      })
    ).text();
    sandbox().faults.set([{ kind: 'body', path: charts, body: chart }]);
    const before = callsTo(instances);
    const answer = await allCostsOf(app, fortnight);
    expect(answer.data).toEqual((await itemised(fortnight)).data);
    expect(callsTo(instances) - before).toBe(4);
    expect(await notesOf(fortnight)).toContain('charts-unused');
  });
});

describe('whether charts can be used', () => {
  it('is found out anew after a week, or after a day where they could not', async () => {
    const clock = new VirtualClock();
    app = await startApp([elastic], { clock, variants: { elastic: 'no-charts' } });
    const question = { granularity: 'daily', groupBy: 'account' };
    await costsOf(app, { ...question, start: '2026-10-01', end: '2026-11-01' });
    await costsOf(app, { ...question, start: '2026-09-01', end: '2026-10-01' });
    expect(callsTo(charts)).toBe(1);
    await clock.advance(25 * 3_600_000);
    await costsOf(app, { ...question, start: '2026-08-01', end: '2026-09-01' });
    expect(callsTo(charts)).toBe(2);
  });

  it('is not asked for questions that need line items', async () => {
    await start();
    await costsOf(app, { ...fortnight, groupBy: 'service' });
    await costsOf(app, { ...year, granularity: 'monthly', groupBy: 'category' });
    expect(callsTo(charts)).toBe(0);
  });
});
