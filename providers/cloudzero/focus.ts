import type { FocusStatement } from '../../src/vendor/kit/index.ts';

/** CloudZero reports neither the provider nor the invoice issuer of a charge, and has no charge category. */
export const focus: FocusStatement = {
  providerName: 'CloudZero',
  publisherName: 'CloudZero',
  invoiceIssuerName: 'CloudZero',
  dimensions: ['account', 'service', 'region'],
};
