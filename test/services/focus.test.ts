import { describe, expect, it } from 'vitest';
import { chargeOf } from '../../src/services/focus.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { VirtualClock } from '../support/clock.ts';
import { openToyConnection } from '../support/cost-rig.ts';
import { ToyVendor } from '../support/toy-vendor.ts';

const clock = new VirtualClock();
const focus = {
  providerName: 'Acme',
  publisherName: 'Acme',
  invoiceIssuerName: 'Acme',
  dimensions: ['service', 'category'],
  chargeCategory: (category: string) => {
    const known = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
    return known.find((each) => each === category) ?? null;
  },
} as const;

const chargeIn = (category: string | null, quantity: { amount: string; unit: string } | null) => {
  const vendor = new ToyVendor(clock, { name: 'acme', costs: { focus } });
  const row = {
    start: '2026-11-01',
    end: '2026-11-02',
    group: { service: 'search', category },
    labels: {},
    cost: { amount: '5', currency: 'USD' },
    quantity,
  };
  return chargeOf(row, openToyConnection(vendor, clock, createMemoryStore(clock)));
};
const hours = { amount: '24', unit: 'hour' };
const nothing = { consumedQuantity: null, consumedUnit: null, pricingQuantity: null, pricingUnit: null };
const priced = { pricingQuantity: '24', pricingUnit: 'hour' };
const consumed = { consumedQuantity: '24', consumedUnit: 'hour' };

describe('the quantities of a charge', () => {
  it.each([
    ['Usage', { ...consumed, ...priced }],
    ['Purchase', { ...nothing, ...priced }],
    ['Tax', nothing],
    ['Credit', nothing],
    ['Adjustment', nothing],
    [null, { ...consumed, ...priced }],
  ] as const)('stand where FOCUS has them: %s', (category, columns) => {
    expect(chargeIn(category, hours)).toMatchObject(columns);
  });

  it('are null where the vendor tells none', () => {
    expect(chargeIn('Usage', null)).toMatchObject(nothing);
  });

  it('name the priced one as derived, and the consumed one never', () => {
    expect(chargeIn('Usage', hours).xDerived).toEqual(expect.arrayContaining(['pricingQuantity', 'pricingUnit']));
    expect(chargeIn('Usage', hours).xDerived.join(' ')).not.toContain('consumed');
    for (const charge of [chargeIn('Usage', null), chargeIn('Tax', hours)])
      expect(charge.xDerived.join(' ')).not.toMatch(/Quantity|Unit/);
  });
});
