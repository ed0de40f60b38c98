import { describe, expect, it } from 'vitest';
import type { Charge } from '../../../src/domain/charge.ts';
import { rowOf } from './rows.ts';

const charge: Charge = {
  billedCost: '12.3456789',
  billingAccountId: 'org-1',
  billingAccountName: null,
  billingCurrency: 'USD',
  billingPeriodEnd: '2026-11-01T00:00:00Z',
  billingPeriodStart: '2026-10-01T00:00:00Z',
  chargeCategory: 'Usage',
  chargeClass: null,
  chargeDescription: 'Capacity',
  chargeFrequency: 'Usage-Based',
  chargePeriodEnd: '2026-10-03T00:00:00Z',
  chargePeriodStart: '2026-10-02T00:00:00Z',
  consumedQuantity: '24',
  consumedUnit: 'hours',
  contractedCost: '12.3456789',
  effectiveCost: '12.3456789',
  invoiceIssuerName: 'Acme',
  listCost: '12.3456789',
  pricingQuantity: '24',
  pricingUnit: 'hours',
  providerName: 'Acme',
  publisherName: 'Acme',
  regionId: 'eu-1',
  resourceId: null,
  resourceName: null,
  serviceCategory: 'Other',
  serviceName: 'Search',
  serviceSubcategory: 'Other (Other)',
  skuId: 'search.hot.1',
  subAccountId: 'deployment-1',
  subAccountName: null,
  xConnection: 'acme',
  xDerived: ['contractedCost'],
  xProvider: 'acme',
};

describe('a charge in the Common Bill Format', () => {
  it('keeps every digit as text, and times with Z', () => {
    expect(rowOf(charge)).toEqual({
      'lineitem/type': 'Usage',
      'lineitem/description': 'Capacity',
      'time/usage_start': '2026-10-02T00:00:00Z',
      'time/usage_end': '2026-10-03T00:00:00Z',
      'resource/service': 'Search',
      'resource/account': 'deployment-1',
      'resource/region': 'eu-1',
      'action/usage_type': 'search.hot.1',
      'usage/amount': '24',
      'usage/units': 'hours',
      'cost/cost': '12.3456789',
    });
  });

  it('has a credit as a negative amount', () => {
    const credit = {
      ...charge,
      chargeCategory: 'Credit',
      billedCost: '-10',
      consumedQuantity: null,
      consumedUnit: null,
    } as const;
    expect(rowOf(credit)).toMatchObject({ 'lineitem/type': 'Credit', 'cost/cost': '-10' });
    expect(rowOf(credit)).not.toHaveProperty('usage/amount');
  });

  it.each(['Usage', 'Purchase', 'Tax', 'Adjustment'] as const)(
    'has a negative %s as a credit, because no other type than Discount and Credit takes a sign',
    (chargeCategory) => {
      const lowered = { ...charge, chargeCategory, billedCost: '-3.5', consumedQuantity: '-24' };
      expect(rowOf(lowered)).toMatchObject({ 'lineitem/type': 'Credit', 'cost/cost': '-3.5' });
      expect(rowOf({ ...lowered, billedCost: '3.5' })).toMatchObject({ 'lineitem/type': chargeCategory });
    },
  );

  it('leaves out what the vendor did not tell, also where a fallback stands in the charge', () => {
    const bare = {
      ...charge,
      serviceName: 'Unknown',
      subAccountId: null,
      regionId: null,
      xDerived: ['billingAccountId', 'serviceName'],
    };
    const row = rowOf(bare);
    expect(row).not.toHaveProperty('resource/service');
    expect(row).not.toHaveProperty('resource/account');
    expect(row).not.toHaveProperty('resource/region');
  });
});
