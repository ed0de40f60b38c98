import type { ConnectFlow } from '../../../src/vendor/kit/index.ts';
import type { ServerOf } from './accounts.ts';
import { byConsent } from './authorization-code.ts';
import { clientSecret, place, redirectUri, scopes } from './questions.ts';

/** Authorization code with PKCE. Without `prompt=consent` only the first consent ever brings a refresh token. */
export const server = (serverOf: ServerOf): ConnectFlow => ({
  id: 'server',
  summary: 'A server-based client: a person accepts in a browser on this machine.',
  needs: [...place, scopes, redirectUri, clientSecret],
  grants: true,
  run: async (operator) => {
    const { verifier, challenge } = operator.proof();
    return byConsent(operator, serverOf, {
      path: '/oauth/v2/auth',
      page: [
        ['prompt', 'consent'],
        ['code_challenge', challenge],
        ['code_challenge_method', 'S256'],
      ],
      token: [['code_verifier', verifier.reveal()]],
    });
  },
});
