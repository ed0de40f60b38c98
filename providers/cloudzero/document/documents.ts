/** The key is sent bare, without a scheme. */
const authorization = [''];

/** Said in words and left out of the schema: each dimension that was grouped by is a member of the row. */
const stated = { CostRow: { additionalProperties: { type: ['string', 'null'] } } };

/** The vendor's documents, by dialect. */
export const documents = [
  {
    file: 'live.json',
    dialect: 'live',
    taken: { from: 'cloudzero/live-reference.json', form: 'reference', authorization, stated },
  },
  {
    file: 'published.json',
    dialect: 'published',
    taken: { from: 'cloudzero/openapi.yaml', form: 'openapi', authorization },
  },
] as const;
