import { beforeEach, describe, expect, it } from 'vitest';
import type { CostQuestion, CostReading, FillSession } from '../../src/vendor/contract/contract.ts';
import { adjusted } from '../support/adjusted-vendor.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

/** The price of each month, as `2026-10=2,2026-11=3`. */
let edition: string;
let readings: string[];
let clock: VirtualClock;
let rig: Rig;

const priceOf = (text: string, month: string): string =>
  text
    .split(',')
    .map((entry) => entry.split('='))
    .find(([name]) => name === month)?.[1] ?? '';

const fill = async (session: FillSession, { start, end }: CostQuestion): Promise<CostReading> => {
  const month = start.slice(0, 7);
  readings.push(month);
  const amount = priceOf(session.edition ?? '', month) || '1';
  const day = `${month}-05`;
  const items = day >= start && day < end ? [{ day, values: ['s'], amount, currency: 'USD' }] : [];
  return { items, notes: [], faults: [], completeThrough: '2026-11-20', edition: session.edition ?? '' };
};

beforeEach(() => {
  edition = '';
  readings = [];
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  const vendor = new ToyVendor(clock, { name: 'acme', cubes: [toyCubes.month] });
  rig = openRig([adjusted(vendor, { fill }, { edition: async () => edition, editionOf: priceOf })], clock);
});
const asked = { start: '2026-10-01', end: '2026-11-21', granularity: 'monthly' } as const;
const amounts = async () => (await rig.ask(asked)).rows.map(({ cost }) => cost.amount);
/** The new edition is read beside the answer that is still in the old one. */
const change = async (next: string) => {
  edition = next;
  await rig.ask(asked);
};

describe('figures whose edition differs by month', () => {
  it('are read again for a month whose part of it has changed, and for no other', async () => {
    expect(await amounts()).toEqual(['1', '1']);
    expect(readings).toEqual(['2026-10', '2026-11']);
    await change('2026-11=3');
    expect(await amounts()).toEqual(['1', '3']);
    expect(readings).toEqual(['2026-10', '2026-11', '2026-11']);
    await change('2026-10=2,2026-11=3');
    expect(await amounts()).toEqual(['2', '3']);
    expect(readings).toEqual(['2026-10', '2026-11', '2026-11', '2026-10']);
  });

  it('are found again where an edition comes back', async () => {
    await amounts();
    await change('2026-11=3');
    await amounts();
    await change('');
    expect(await amounts()).toEqual(['1', '1']);
    expect(readings).toHaveLength(3);
  });
});
