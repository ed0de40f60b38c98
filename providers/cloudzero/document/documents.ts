/** The key is sent bare, without a scheme. */
const authorization = [''];

/** Said in words and not in the schema: dimensions that were grouped by are members of a row, of no stated type. */
const stated = { CostRow: { additionalProperties: { type: ['string', 'number', 'null'] } } };

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
