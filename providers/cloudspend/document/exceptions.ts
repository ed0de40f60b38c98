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
  {
    name: 'checks-are-a-category',
    reason:
      'The sample asks for a category by number; among the categories that the document lists, checks have a word.',
    on: 'request',
    operations: ['get-anomaly-detection-list-by-category'],
    rule: 'pattern',
    at: /^query\.category$/,
    found: /^"Checks"$/,
  },
  {
    name: 'no-tags-are-an-empty-text',
    reason: 'Where a policy has no tags, other samples have an empty text in the place of the list.',
    on: 'answer',
    rule: 'type',
    at: /\.budget_tags$/,
    found: /^""$/,
  },
  {
    name: 'account-numbers-of-one-cloud',
    reason: 'One sample shows AWS accounts only; samples of the same tree have other texts for Azure and GCP.',
    on: 'answer',
    operations: ['get-cost-centers-accounts-configuration-data'],
    rule: 'pattern',
    at: /\.aws_account_id$/,
  },
  {
    name: 'numbers-may-be-texts',
    reason: 'Counts, costs and percentages are numbers in some samples and texts in others, under one name even.',
    on: 'answer',
    variant: /\bsparse\b/,
    rule: 'type',
    at: /^body\.data/,
    found: /^"-?\d+(\.\d+)?"$/,
  },
  {
    name: 'ids-may-be-numbers',
    reason: 'Samples of unit economics and compliance have bare numbers where all others have the id as a text.',
    on: 'answer',
    variant: /\bsparse\b/,
    rule: 'type',
    at: /(\bid|_id)$/,
    found: /^\d+$/,
  },
] as const;
