/** The key is sent bare, without a scheme. */
const authorization = [''];

/** The vendor's documents, by dialect. */
export const documents = [
  {
    file: 'live.json',
    dialect: 'live',
    taken: { from: 'cloudzero/live-reference.json', form: 'reference', authorization },
  },
  {
    file: 'published.json',
    dialect: 'published',
    taken: { from: 'cloudzero/openapi.yaml', form: 'openapi', authorization },
  },
] as const;
