import { afterEach, describe, expect, it } from 'vitest';
import { decimalText } from '../../../src/domain/decimal.ts';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { elastic } from '../manifest.ts';
import { type EcuPrices, priceNotes, priceOn, readPrices } from '../prices.ts';
import { startElasticSandbox } from '../sandbox/sandbox.ts';
import { createPriceSource } from './price-source.ts';

const history = '/api/v1/billing/organization/2718281828/history';
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
let sandbox: RunningSandbox;
afterEach(() => sandbox.close());

const nominal = readPrices('USD', []);
const start = async (variant: string, configured: EcuPrices = nominal, now = '2026-11-21T10:00:00Z') => {
  const clock = new VirtualClock(now);
  sandbox = await startElasticSandbox({ clock, variant });
  const session = plainSession(connectTo(elastic, sandbox), clock);
  const source = createPriceSource('2718281828', configured);
  return { clock, session, source, prices: () => source.current(session) };
};
const textOf = (prices: EcuPrices, day: string): string => decimalText(priceOn(prices, day)).slice(0, 6);
const asked = (): number => sandbox.calls.filter(({ path }) => path === history).length;

describe('the prices of a connection', () => {
  it('are those of the statements, month by month, and the last goes on', async () => {
    const { prices } = await start('invoiced');
    const known = await prices();
    expect(textOf(known, '2025-06-15')).toBe('0.9500');
    expect(textOf(known, '2026-10-15')).toMatch(/^0\.91[23]/);
    expect(decimalText(priceOn(known, '2026-11-20'))).toBe(decimalText(priceOn(known, '2026-10-20')));
    expect(priceNotes(known, '2026-10-01', '2026-11-01').map(({ code }) => code)).toEqual(['invoiced-price']);
  });

  it('are the configured ones from their first day on, and invoiced before it', async () => {
    const { prices } = await start('invoiced', readPrices('USD', [{ from: '2026-06-01', price: '0.5' }]));
    const known = await prices();
    expect(textOf(known, '2026-05-31')).toBe('0.9500');
    expect(textOf(known, '2026-06-01')).toBe('0.5');
    expect(textOf(known, '2026-11-01')).toBe('0.5');
    expect(priceNotes(known, '2026-05-01', '2026-07-01').map(({ code }) => code)).toEqual([
      'invoiced-price',
      'contract-price',
    ]);
  });

  it.each([
    ['an empty history', ''],
    ['no history', 'no-history'],
  ])('are nominal with %s, asked for once a week', async (_what, variant) => {
    const { clock, prices } = await start(variant);
    expect(priceNotes(await prices(), '2026-10-01', '2026-11-01').map(({ code }) => code)).toEqual(['nominal-price']);
    await prices();
    await clock.advance(6 * dayMs);
    await prices();
    expect(asked()).toBe(1);
    await clock.advance(2 * dayMs);
    await prices();
    expect(asked()).toBe(2);
  });

  it('are asked for every day while the statement of the last month is not there', async () => {
    const { clock, prices } = await start('invoiced', nominal, '2026-12-01T10:00:00Z');
    for (let day = 0; day < 6; day += 1) {
      await prices();
      await clock.advance(dayMs + minuteMs);
    }
    expect(asked()).toBe(4);
  });

  it('take no call for the edition until somebody has read them, or a day has passed', async () => {
    const { clock, session, source, prices } = await start('invoiced');
    expect(await source.edition(session)).toBe('');
    await clock.advance(23 * 60 * minuteMs);
    expect(await source.edition(session)).toBe('');
    expect(asked()).toBe(0);
    await prices();
    expect(await source.edition(session)).toContain('2026-10-01=0.91');
    expect(asked()).toBe(1);
  });

  it('come into the edition after a day at the latest', async () => {
    const { clock, session, source } = await start('invoiced');
    expect(await source.edition(session)).toBe('');
    await clock.advance(25 * 60 * minuteMs);
    expect(await source.edition(session)).toContain('2026-10-01=0.91');
  });

  it('of a fill are those of its edition', async () => {
    const { session, source } = await start('invoiced');
    const prices = await source.ofFill({ ...session, edition: '2026-07-01=0.5,2026-10-01=' });
    expect([textOf(prices, '2026-08-15'), textOf(prices, '2026-06-15')]).toEqual(['0.5', '1']);
    expect(asked()).toBe(0);
  });

  it('are nominal for a key that may not read the history', async () => {
    const { prices } = await start('invoiced');
    sandbox.faults.set([{ kind: 'status', path: history, status: 403, body: '403: no' }]);
    expect((await prices()).dated).toEqual([]);
  });

  it('stay as they were while the vendor does not answer, which is asked again after a quarter of an hour', async () => {
    const { clock, prices } = await start('invoiced');
    const before = await prices();
    await clock.advance(8 * dayMs);
    sandbox.faults.set([{ kind: 'status', path: history, status: 500 }]);
    expect(await prices()).toEqual(before);
    await clock.advance(14 * minuteMs);
    await prices();
    expect(asked()).toBe(2);
    sandbox.faults.clear();
    await clock.advance(2 * minuteMs);
    expect(await prices()).toEqual(before);
    expect(asked()).toBe(3);
  });

  it('are nominal at first where the vendor does not answer, and invoiced once it does', async () => {
    const { clock, prices } = await start('invoiced');
    sandbox.faults.set([{ kind: 'garbage', path: history }]);
    expect((await prices()).dated).toEqual([]);
    sandbox.faults.clear();
    await clock.advance(16 * minuteMs);
    expect((await prices()).dated.length).toBeGreaterThan(1);
  });
});
