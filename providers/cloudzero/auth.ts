import type { Credentials, Secret } from '../../src/vendor/kit/index.ts';

/** The key is the whole `Authorization` header; the vendor refuses it with `Bearer` before it. */
export const createCredentials = (apiKey: Secret): Credentials => ({
  kind: 'static',
  headers: () => ({ authorization: apiKey.reveal() }),
});
