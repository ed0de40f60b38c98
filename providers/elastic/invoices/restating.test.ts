import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decimal, decimalText, divide, multiply } from '../../../src/domain/decimal.ts';
import { type CostAnswerBody, costsOf } from '../../../test/support/answers.ts';
import { type RunningApp, startApp } from '../../../test/support/app.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { elastic } from '../manifest.ts';

const instances = '/api/v2/billing/organizations/2718281828/costs/instances';
const october = { start: '2026-10-01', end: '2026-11-01' };
const november = { start: '2026-11-01', end: '2026-12-01' };
const monthly = { granularity: 'monthly', groupBy: 'service' };
let clock: VirtualClock;
let app: RunningApp;
let before: number;
const sandboxCalls = () => app.sandboxes.elastic?.calls ?? [];
beforeEach(async () => {
  clock = new VirtualClock('2026-12-02T10:00:00Z');
  app = await startApp([elastic], { clock, variants: { elastic: 'invoiced' } });
  // The list of accounts reads the billing history.
  await app.get('/v1/accounts');
  before = sandboxCalls().length;
});
afterEach(() => app.close());

const calls = (): string[] =>
  sandboxCalls()
    .slice(before)
    .filter(({ path }) => path === instances)
    .map(({ query }) => decodeURIComponent(query).slice('from='.length, 'from=2026-10-01'.length));
const total = ({ totals }: CostAnswerBody): string => totals[0]?.amount ?? '';
const codes = ({ meta }: CostAnswerBody): string[] => (meta.providers[0]?.notes ?? []).map(({ code }) => code);
const cents = (amount: string): string => decimalText(divide(decimal(amount), decimal('1'), 2) ?? decimal('0'));
/** What a month costs in ECU. */
const ecuOf = async (range: typeof october): Promise<string> => {
  const plain = await startApp([elastic], { clock });
  const ecu = total(await costsOf(plain, { ...range, ...monthly }));
  await plain.close();
  return ecu;
};

describe('figures at an invoiced price', () => {
  it('add up to what was invoiced', async () => {
    const answer = await costsOf(app, { ...october, ...monthly });
    const invoiced = cents(decimalText(multiply(decimal(await ecuOf(october)), decimal('0.9125'))));
    expect(cents(total(answer))).toBe(invoiced);
    expect(codes(answer)).toContain('invoiced-price');
    expect(codes(answer)).not.toContain('nominal-price');
  });

  it('are read again for the months whose price a new statement changes, and for no other', async () => {
    const octoberBefore = await costsOf(app, { ...october, ...monthly });
    const novemberBefore = await costsOf(app, { ...november, ...monthly });
    expect(calls()).toEqual(['2026-10-01', '2026-11-01']);
    await clock.advance(3 * 86_400_000);
    await costsOf(app, { ...november, ...monthly });
    const novemberAfter = await costsOf(app, { ...november, ...monthly });
    expect(novemberAfter.meta.complete).toBe(true);
    expect(total(novemberAfter)).not.toBe(total(novemberBefore));
    const invoiced = cents(decimalText(multiply(decimal(await ecuOf(november)), decimal('0.9125'))));
    expect(cents(total(novemberAfter))).toBe(invoiced);
    expect((await costsOf(app, { ...october, ...monthly })).totals).toEqual(octoberBefore.totals);
    expect(calls().filter((from) => from === '2026-10-01')).toHaveLength(1);
  });

  it('are in one price within every month while both kinds of cube are asked', async () => {
    const month = await costsOf(app, { ...october, granularity: 'total', groupBy: 'service' });
    const days = await costsOf(app, { ...october, granularity: 'daily', groupBy: 'category' });
    expect(days.totals).toEqual(month.totals);
  });
});
