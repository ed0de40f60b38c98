import type { ChargeCategory } from '../../src/domain/charge.ts';
import type { NamedDimension } from '../../src/domain/dimension.ts';
import type { FocusStatement } from '../../src/vendor/kit/index.ts';

/** The line-item types that are usage for certain. The vendor may add others; those are left to the fallback. */
const usage: ReadonlySet<string> = new Set([
  'capacity',
  'data_in',
  'data_internode',
  'data_out',
  'storage_api',
  'storage_bytes',
]);

const chargeCategory = (category: string): ChargeCategory | null => (usage.has(category) ? 'Usage' : null);

/** Elastic invoices the organization. */
export const createFocus = (organizationId: string, dimensions: readonly NamedDimension[]): FocusStatement => ({
  providerName: 'Elastic Cloud',
  publisherName: 'Elastic',
  invoiceIssuerName: 'Elastic',
  billingAccountId: organizationId,
  dimensions,
  chargeCategory,
});
