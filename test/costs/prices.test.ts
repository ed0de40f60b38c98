import { expect, it } from 'vitest';
import { VirtualClock } from '../support/clock.ts';
import { openRig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const month = { start: '2026-10-01', end: '2026-11-01', groupBy: ['service'] as const };

/** The cubes that a question of one month is answered from, where the first costs what the vendor tells. */
const chosenAt = async (price: () => Promise<number>) => {
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  const asked: number[] = [];
  const told = async () => {
    asked.push(clock.monotonic());
    return price();
  };
  const vendor = new ToyVendor(clock, { cubes: [{ ...toyCubes.month, price: told }, toyCubes.day] });
  const rig = openRig([vendor], clock);
  await rig.ask(month);
  const cubes = new Set(vendor.questions.map(({ cube }) => cube));
  const before = asked.length;
  await rig.ask(month);
  return { cubes, repeated: asked.length - before };
};

it('a cube is chosen by what it costs at this connection', async () => {
  expect((await chosenAt(async () => 8)).cubes).toEqual(new Set([toyCubes.month.id]));
  expect((await chosenAt(async () => 200)).cubes).toEqual(new Set([toyCubes.day.id]));
});

it('a price that cannot be told counts as one call', async () => {
  const failing = async (): Promise<number> => {
    throw new Error('not now');
  };
  expect((await chosenAt(failing)).cubes).toEqual(new Set([toyCubes.month.id]));
});

it('nobody asks for a price where nothing is missing', async () => {
  expect((await chosenAt(async () => 8)).repeated).toBe(0);
});
