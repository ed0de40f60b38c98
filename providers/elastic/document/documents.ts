/** The vendor's documents: the description of 2025, and what its pages have added since. */
export const documents = [
  {
    file: 'billing.json',
    dialect: 'billing',
    taken: { from: 'elastic/openapi.yaml', form: 'openapi', authorization: ['ApiKey'] },
  },
  { file: 'billing-2026-07.json', dialect: 'billing' },
] as const;
