import { type ConnectFlow, Failure } from '../../../src/vendor/kit/index.ts';
import { registeredAt, type ServerOf } from './accounts.ts';
import { clientId, clientSecret, place, redirectUri, refreshToken, scopes } from './questions.ts';
import { clientPairs, pageUrl, post } from './requests.ts';
import { accessIn, refusalOf } from './token-answer.ts';

/** The refresh token stays the same, so nothing is written. */
export const enhance = (serverOf: ServerOf): ConnectFlow => ({
  id: 'enhance',
  summary: 'Adds scopes to the refresh token that there is: a person accepts in a browser on this machine.',
  needs: [...place, scopes, redirectUri, clientSecret, refreshToken],
  grants: false,
  run: async (operator) => {
    const accounts = registeredAt(operator, serverOf);
    // No state is documented for the page. What comes back is only shown: no credential depends on it.
    const back = await operator.awaitReturn(operator.text(redirectUri), { stateless: true });
    const form = [
      ...clientPairs(operator),
      ['grant_type', 'update_scopes_token'],
      ['refresh_token', operator.secret(refreshToken).reveal()],
    ] as const;
    const token = accessIn(await post(operator, accounts, 'request-scope-enhancement', { form }));
    operator.visit(
      pageUrl(accounts, '/oauth/v2/token/addextrascope', [
        ['client_id', operator.text(clientId)],
        ['response_type', 'update_scopes'],
        ['redirect_uri', back.uri],
        ['scope', operator.text(scopes)],
        // The page knows the refresh token by it, for ten minutes.
        ['enhance_token', token.reveal()],
        ['logout', 'false'],
      ]),
    );
    const arrived = await back.arrival();
    const error = arrived.get('error');
    if (error !== undefined) throw refusalOf(error);
    if (arrived.get('status') === 'success' && arrived.get('scope_enhanced') === 'true') {
      return { kind: 'done', sentence: `The refresh token now also has the scopes ${operator.text(scopes)}.` };
    }
    throw new Failure('vendor-incomplete', {
      public: 'The browser came back without saying that the scopes were added.',
    });
  },
});
