import { expect, it } from 'vitest';
import { VirtualClock } from '../support/clock.ts';
import { openRig } from '../support/cost-rig.ts';
import { ToyVendor, toyCubes } from '../support/toy-vendor.ts';

const clock = new VirtualClock('2026-11-21T10:00:00Z');
/** A vendor whose costs name the accounts a1 and a2, and which lists them under another. */
const vendorWith = (name: string, tree: Readonly<Record<string, readonly string[]>> | null) =>
  new ToyVendor(clock, {
    name,
    cubes: [toyCubes.range],
    capabilities:
      tree === null
        ? {}
        : {
            accounts: {
              list: async () => ({ items: [], notes: [], faults: [] }),
              accountsUnder: async (_session, account) => tree[account] ?? null,
            },
          },
  });
const tree = { parent: ['a1', 'a2'], a1: ['a1'], a2: ['a2'] };
const ask = (vendors: readonly ToyVendor[], accounts: readonly string[]) =>
  openRig(vendors, clock).ask({
    filters: new Map([['account', accounts]]),
    groupBy: ['connection'],
    granularity: 'total',
  });

it('takes an account above others for those below it, at the vendor that lists it and nowhere else', async () => {
  const vendors = [vendorWith('acme', tree), vendorWith('umbrella', null)];
  const parent = await ask(vendors, ['parent']);
  const children = await ask([vendors[0] ?? vendorWith('acme', tree)], ['a1', 'a2']);
  expect(parent.complete).toBe(true);
  expect(new Set(parent.rows.map((row) => row.group.connection))).toEqual(new Set(['acme']));
  expect(parent.totals).toEqual(children.totals);
});

it('is not whole where no vendor lists the account, and says which account that is', async () => {
  const answer = await ask([vendorWith('acme', tree)], ['a1', 'stranger']);
  expect(answer.complete).toBe(false);
  expect(answer.rows.length).toBeGreaterThan(0);
  expect(answer.providers).toMatchObject([{ status: 'partial', problem: { status: 422 } }]);
  expect(answer.providers[0]?.problem?.detail).toContain('stranger');
  await expect(
    openRig([vendorWith('acme', tree)], clock).ask({ filters: new Map([['account', ['stranger']]]) }, { strict: true }),
  ).rejects.toMatchObject({ kind: 'capability-unsupported' });
});

it('is whole where another vendor may have the account', async () => {
  expect((await ask([vendorWith('acme', tree), vendorWith('umbrella', null)], ['stranger'])).complete).toBe(true);
});

it('fails at a vendor whose accounts were never known', async () => {
  const broken = new ToyVendor(clock, {
    name: 'acme',
    cubes: [toyCubes.range],
    capabilities: {
      accounts: {
        list: async () => ({ items: [], notes: [], faults: [] }),
        accountsUnder: async () => {
          throw new Error('unreadable');
        },
      },
    },
  });
  await expect(ask([broken], ['a1'])).rejects.toMatchObject({ kind: 'internal' });
});
