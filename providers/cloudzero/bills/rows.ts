import type { Charge, ChargeCategory } from '../../../src/domain/charge.ts';
import type { BillRow } from '../../../src/vendor/kit/index.ts';

/** Only these words are taken. */
const types = {
  Usage: 'Usage',
  Purchase: 'Purchase',
  Tax: 'Tax',
  Credit: 'Credit',
  Adjustment: 'Adjustment',
} as const satisfies Record<ChargeCategory, string>;

/** A quantity has no sign in the format, and amounts of most types have none. */
const isUnsigned = (amount: string): boolean => !amount.startsWith('-');

/**
 * A charge in the Common Bill Format. Amounts are decimal strings without an exponent; those of credits are negative.
 * What the vendor of the charge does not tell is left out: nothing is filled in.
 */
export const rowOf = (charge: Charge): BillRow => {
  const { consumedQuantity: amount, consumedUnit: units, xDerived } = charge;
  const told = (column: keyof Charge, value: string | null) => (xDerived.includes(column) ? null : value);
  const used = amount !== null && units !== null && isUnsigned(amount) ? { amount, units } : null;
  const fields: readonly (readonly [string, string | null])[] = [
    // Only discounts and credits are documented to be negative.
    ['lineitem/type', isUnsigned(charge.billedCost) ? types[charge.chargeCategory] : types.Credit],
    ['lineitem/description', charge.chargeDescription],
    ['time/usage_start', charge.chargePeriodStart],
    ['time/usage_end', charge.chargePeriodEnd],
    ['resource/service', told('serviceName', charge.serviceName)],
    ['resource/account', charge.subAccountId ?? told('billingAccountId', charge.billingAccountId)],
    ['resource/region', charge.regionId],
    ['resource/id', charge.resourceId],
    ['action/usage_type', charge.skuId],
    ['usage/amount', used?.amount ?? null],
    ['usage/units', used?.units ?? null],
    ['cost/cost', charge.billedCost],
  ];
  return Object.fromEntries(fields.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
};
