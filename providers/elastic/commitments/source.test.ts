import { afterEach, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../../../src/vendor/sandbox/server.ts';
import { VirtualClock } from '../../../test/support/clock.ts';
import { connectTo, plainSession } from '../../../test/support/session.ts';
import { elastic } from '../manifest.ts';
import { readPrices } from '../prices.ts';
import { startElasticSandbox } from '../sandbox/sandbox.ts';
import { creditsOf } from './normalise.ts';

const path = '/api/v1/billing/organization/2718281828/line_items';
let sandbox: RunningSandbox;
afterEach(() => sandbox.close());
const start = async (variant = '', more: Record<string, string> = {}) => {
  const clock = new VirtualClock('2026-11-21T10:00:00Z');
  sandbox = await startElasticSandbox({ clock, variant });
  const connector = connectTo(elastic, sandbox, more);
  return async () => connector.capabilities.commitments?.list(plainSession(connector, clock));
};

describe('prepaid credit', () => {
  it('is a commitment for each purchase, at the price of its first day', async () => {
    const list = await start('invoiced');
    const { items = [], notes = [], faults } = (await list()) ?? {};
    expect(faults).toEqual([]);
    expect(items.map(({ nativeId, kind, start: from, end, cost }) => [nativeId, kind, from, end, cost])).toEqual([
      ['prepaid:2023-01-01:2024-01-01', 'prepaid', '2023-01-01', '2024-01-01', { amount: '275000', currency: 'USD' }],
      [
        'prepaid:2024-01-01:2025-01-01',
        'prepaid',
        '2024-01-01',
        '2025-01-01',
        { amount: '300000.0956466', currency: 'USD' },
      ],
      [
        'prepaid:2025-01-01:2026-01-01',
        'prepaid',
        '2025-01-01',
        '2026-01-01',
        { amount: '308750.11253775', currency: 'USD' },
      ],
      [
        'prepaid:2026-01-01:2027-01-01',
        'prepaid',
        '2026-01-01',
        '2027-01-01',
        { amount: '332499.9089293', currency: 'USD' },
      ],
    ]);
    expect(items.every(({ utilisationPercent }) => /^\d{1,3}(\.\d{1,2})?$/.test(utilisationPercent ?? ''))).toBe(true);
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(['nominal-price', 'invoiced-price']));
    expect(sandbox.calls.filter((call) => call.path === path)).toHaveLength(1);
  });

  it('is none where the organization has no such list', async () => {
    const list = await start('no-credits');
    expect(await list()).toMatchObject({ items: [], notes: [{ code: 'no-prepaid-credit' }], faults: [] });
  });

  it.each([
    ['an unknown organization', { organizationId: '31415' }, 'vendor-not-found'],
    ['a key without the role', { apiKey: 'sandbox-viewer-key' }, 'permission-missing'],
  ])('fails for %s', async (_what, more, kind) => {
    const list = await start('', more);
    await expect(list()).rejects.toMatchObject({ kind });
  });

  it('fails where the answer is no list', async () => {
    const list = await start();
    sandbox.faults.set([{ kind: 'body', path, body: '{}' }]);
    await expect(list()).rejects.toMatchObject({ kind: 'vendor-malformed' });
  });

  it('of equal days is told apart, and what cannot be read is a fault', async () => {
    await start();
    const credit = { type: 'prepaid_consumption', ecu_quantity: 0.5, start: '2026-01-01', end: '2026-06-30' };
    const rows = [
      { ...credit, ecu_balance: '0.125' },
      { ...credit, ecu_balance: null },
      { ...credit, ecu_quantity: 'many' },
      { ...credit, end: 'soon' },
      { ...credit, type: null, start: null, end: null, ecu_quantity: 0, ecu_balance: 0 },
    ];
    const { items, faults } = creditsOf(rows, readPrices('EUR', []), '2026-11-21');
    expect(items.map(({ nativeId, utilisationPercent, cost }) => [nativeId, utilisationPercent, cost?.amount])).toEqual(
      [
        ['prepaid_consumption:2026-01-01:2026-06-30', '75', '0.5'],
        ['prepaid_consumption:2026-01-01:2026-06-30:2', null, '0.5'],
        ['prepaid::', null, '0'],
      ],
    );
    expect(faults.map((fault) => fault.path)).toEqual(['line_items[2].ecu_quantity', 'line_items[3].end']);
  });
});
