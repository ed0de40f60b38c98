import type { ConnectFlow } from '../../../src/vendor/kit/index.ts';
import type { ServerOf } from './accounts.ts';
import { byConsent } from './authorization-code.ts';
import { clientSecret, place, redirectUri, scopes } from './questions.ts';

/** The document lists neither `prompt` nor PKCE for this page. */
export const instance = (serverOf: ServerOf): ConnectFlow => ({
  id: 'instance',
  summary: 'An ORG client: an administrator accepts for the whole instance, and the token outlives that person.',
  needs: [...place, scopes, redirectUri, clientSecret],
  grants: true,
  run: (operator) => byConsent(operator, serverOf, { path: '/oauth/v2/org/auth', page: [], token: [] }),
});
