/** What the vendor's documents leave open or have wrong. A whole test run fails for one that excuses nothing. */
export const exceptions = [
  {
    name: 'throttled-tokens-have-a-status',
    reason: 'The page on OAuth shows `error` and `error_description`; clients also met `status: failure` beside them.',
    on: 'answer',
    operations: ['refresh-access-token'],
    rule: 'undocumented',
    at: /^body\.status$/,
  },
  {
    name: 'top-resources-as-in-the-clone',
    reason:
      'The sample has the month of the top resources only; the same operation of the accounts module has the rest.',
    on: 'answer',
    operations: ['get-comprehensive-anomaly-root-cause-analysis'],
    rule: 'undocumented',
    at: /^body\.data\.resources\.top_resources\.(resources|historical_mtd|date_range)$/,
  },
] as const;
