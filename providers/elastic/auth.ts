import type { Credentials, Secret } from '../../src/vendor/kit/index.ts';

/** Elastic Cloud takes the encoded API key under a scheme of its own. */
export const createCredentials = (apiKey: Secret): Credentials => ({
  kind: 'static',
  headers: () => ({ authorization: `ApiKey ${apiKey.reveal()}` }),
});
