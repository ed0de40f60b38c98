import type { Credentials, Secret } from '../../src/vendor/kit/index.ts';

/** The key stands bare in `Authorization`; with `Bearer` before it the vendor refuses it. */
export const createCredentials = (apiKey: Secret): Credentials => ({
  kind: 'static',
  headers: () => ({ authorization: apiKey.reveal() }),
});
