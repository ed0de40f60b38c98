import type { ChargeCategory } from '../../src/domain/charge.ts';
import type { FocusStatement } from '../../src/vendor/kit/index.ts';

/** The words of the vendor's charge types that mean one of FOCUS for certain. */
const categories: ReadonlyMap<string, ChargeCategory> = new Map([
  ['Usage', 'Usage'],
  ['Tax', 'Tax'],
  ['Credit', 'Credit'],
  ['SavingsPlanNegation', 'Adjustment'],
]);

export const focus: FocusStatement = {
  providerName: 'ManageEngine CloudSpend',
  publisherName: 'ManageEngine CloudSpend',
  invoiceIssuerName: 'ManageEngine CloudSpend',
  dimensions: ['service', 'region', 'category'],
  chargeCategory: (category) => categories.get(category) ?? null,
};
