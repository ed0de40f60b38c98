import { operations } from '../catalogue.ts';

/** The error body that the document shows for every status. */
const error = {
  'application/json': {
    type: 'object',
    properties: { message: { type: 'string' }, error: { type: 'string' }, code: { type: 'integer' } },
    required: ['message', 'code'],
  },
};

/** The vendor's documents: the catalogue of operations, and the pages on OAuth. */
export const documents = [
  {
    file: 'catalogue.json',
    dialect: 'catalogue',
    taken: {
      from: 'cloudspend/catalog.json',
      form: 'catalogue',
      authorization: ['Zoho-oauthtoken', 'Bearer'],
      answers: { 400: error, 401: error, 403: error, 404: error, 500: error },
      samples: { file: 'samples.json', operations: Object.values(operations).map(({ id }) => id) },
    },
  },
  { file: 'oauth.json', dialect: 'catalogue' },
] as const;
