import type { CostRow } from '../costs/rows/arrange.ts';
import type { Charge, ChargeCategory } from '../domain/charge.ts';
import { monthEnd, monthOf, monthStart } from '../domain/day.ts';
import type { Connection } from '../vendor/connection.ts';
import type { FocusStatement } from '../vendor/contract/contract.ts';

/** Charges in the columns of FOCUS 1.2. */

/**
 * Values for columns that must not be null, where the vendor gives none. No other column is filled. Every use is
 * listed in `xDerived`.
 */
const fallback = {
  billingAccountId: (connection: Connection) => connection.id,
  chargeCategory: 'Usage',
  chargeFrequency: 'Usage-Based',
  serviceCategory: 'Other',
  serviceName: 'Unknown',
  serviceSubcategory: 'Other (Other)',
} as const;

/** Columns that repeat the billed cost, because vendors give one figure per charge. */
const costColumns = ['contractedCost', 'effectiveCost', 'listCost'] as const;

/** The vendor's FOCUS statement, or a default from its title and its finest daily cube. */
export const focusOf = (connection: Connection): FocusStatement => {
  const { focus, cubes } = connection.connector.capabilities.costs;
  const finest = cubes
    .filter((cube) => cube.grain === 'daily')
    .reduce<FocusStatement['dimensions']>(
      (most, cube) => (cube.dimensions.length > most.length ? cube.dimensions : most),
      [],
    );
  const { title } = connection;
  return focus ?? { providerName: title, publisherName: title, invoiceIssuerName: title, dimensions: finest };
};

/**
 * The charge categories whose quantity FOCUS wants to be told; in the others it must or may be null. The vendor tells
 * what was used. Whether it priced another quantity it does not tell, so that one is repeated, as a derived column.
 */
const consumedCategories: readonly ChargeCategory[] = ['Usage'];
const pricedCategories: readonly ChargeCategory[] = ['Usage', 'Purchase'];

const startOfDay = (day: string): string => `${day}T00:00:00Z`;

export const chargeOf = (row: CostRow, connection: Connection): Charge => {
  const focus = focusOf(connection);
  const derived: string[] = [...costColumns, 'chargeFrequency', 'serviceCategory', 'serviceSubcategory'];
  const orFallback = <Value>(column: string, value: Value | null | undefined, otherwise: Value): Value => {
    if (value !== null && value !== undefined) return value;
    derived.push(column);
    return otherwise;
  };
  const { account = null, service = null, region = null, category = null, resource = null } = row.group;
  const { amount, currency } = row.cost;
  const month = monthOf(row.start);
  const known = category === null ? null : (focus.chargeCategory?.(category) ?? null);
  const chargeCategory = orFallback<ChargeCategory>('chargeCategory', known, fallback.chargeCategory);
  const { quantity = null } = row;
  const consumed = consumedCategories.includes(chargeCategory) ? quantity : null;
  const priced = pricedCategories.includes(chargeCategory) ? quantity : null;
  if (priced !== null) derived.push('pricingQuantity', 'pricingUnit');
  return {
    billedCost: amount,
    billingAccountId: orFallback('billingAccountId', focus.billingAccountId, fallback.billingAccountId(connection)),
    billingAccountName: null,
    billingCurrency: currency,
    billingPeriodEnd: startOfDay(monthEnd(month)),
    billingPeriodStart: startOfDay(monthStart(month)),
    chargeCategory,
    chargeClass: null,
    chargeDescription: row.labels.resource ?? category,
    chargeFrequency: fallback.chargeFrequency,
    chargePeriodEnd: startOfDay(row.end),
    chargePeriodStart: startOfDay(row.start),
    consumedQuantity: consumed?.amount ?? null,
    consumedUnit: consumed?.unit ?? null,
    contractedCost: amount,
    effectiveCost: amount,
    invoiceIssuerName: focus.invoiceIssuerName,
    listCost: amount,
    pricingQuantity: priced?.amount ?? null,
    pricingUnit: priced?.unit ?? null,
    providerName: focus.providerName,
    publisherName: focus.publisherName,
    regionId: region,
    resourceId: null,
    resourceName: null,
    serviceCategory: fallback.serviceCategory,
    serviceName: orFallback('serviceName', service, fallback.serviceName),
    serviceSubcategory: fallback.serviceSubcategory,
    skuId: resource,
    subAccountId: account,
    subAccountName: row.labels.account ?? null,
    xConnection: connection.id,
    xDerived: derived.sort(),
    xProvider: connection.provider,
  };
};
