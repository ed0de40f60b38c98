import type { FocusStatement } from '../../src/vendor/kit/index.ts';

/** CloudZero tells neither whose service a charge is nor who invoices it, and has no charge category. */
export const focus: FocusStatement = {
  providerName: 'CloudZero',
  publisherName: 'CloudZero',
  invoiceIssuerName: 'CloudZero',
  dimensions: ['account', 'service', 'region'],
};
