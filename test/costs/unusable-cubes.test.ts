import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure/failure.ts';
import type { Cube } from '../../src/vendor/contract/contract.ts';
import { adjusted } from '../support/adjusted-vendor.ts';
import { VirtualClock } from '../support/clock.ts';
import { openRig, type Rig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

let clock: VirtualClock;
let vendor: ToyVendor;
let asked: string[];
let rig: Rig;
const start = (usable: (cube: Cube) => Promise<boolean>, cubes: readonly Cube[] = Object.values(toyCubes)): void => {
  clock = new VirtualClock('2026-11-21T10:00:00Z');
  asked = [];
  vendor = adjusted(new ToyVendor(clock, { name: 'acme', cubes }), {
    usable: (_session, cube) => {
      asked.push(cube.id);
      return usable(cube);
    },
  });
  rig = openRig([vendor], clock);
};
const cubesRead = () => [...new Set(vendor.questions.map(({ cube }) => cube))];

describe('a cube that turns out to be unusable', () => {
  beforeEach(() => start(async ({ id }) => id !== 'by-account'));

  it('is left out of the plan', async () => {
    expect((await rig.ask({ groupBy: ['account'] })).complete).toBe(true);
    expect(cubesRead()).toEqual(['by-category']);
  });

  it('gives the figures of the next cube', async () => {
    const answer = await rig.ask({ groupBy: ['account'] });
    start(async () => true);
    expect(answer.rows).toEqual((await rig.ask({ groupBy: ['account'] })).rows);
    expect(cubesRead()).toEqual(['by-account']);
  });

  it('is not asked about where another is chosen', async () => {
    await rig.ask({ groupBy: ['category'] });
    expect(asked).toEqual(['by-category']);
  });
});

describe('a cube of which it cannot be found out whether it is usable', () => {
  it('is taken as it is', async () => {
    start(async () => {
      throw new Failure('vendor-unavailable', { public: 'Down.' });
    });
    expect((await rig.ask({ groupBy: ['account'] })).complete).toBe(true);
    expect(cubesRead()).toEqual(['by-account']);
  });
});

describe('a vendor all of whose cubes are unusable', () => {
  it('cannot answer, which is no empty answer', async () => {
    start(async () => false, [toyCubes.range]);
    const answer = await rig.ask({ groupBy: ['account'] });
    expect(answer.complete).toBe(false);
    expect(answer.providers[0]?.status).toBe('unsupported');
  });
});
