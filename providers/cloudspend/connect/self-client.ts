import type { ConnectFlow } from '../../../src/vendor/kit/index.ts';
import { registeredAt, type ServerOf } from './accounts.ts';
import { granted } from './granted.ts';
import { clientSecret, grantCode, place } from './questions.ts';
import { clientPairs, post } from './requests.ts';
import { grantIn } from './token-answer.ts';

/** The code comes from the API console, so there is no browser to come back and no redirect URI. */
export const selfClient = (serverOf: ServerOf): ConnectFlow => ({
  id: 'self-client',
  summary: 'A self client of the Zoho API console: exchanges the code that the console made. Fits a gateway best.',
  needs: [...place, clientSecret, grantCode],
  grants: true,
  run: async (operator) => {
    const accounts = registeredAt(operator, serverOf);
    const form = [
      ...clientPairs(operator),
      ['grant_type', 'authorization_code'],
      ['code', operator.secret(grantCode).reveal()],
    ] as const;
    return granted(operator, accounts, grantIn(await post(operator, accounts, 'refresh-access-token', { form })));
  },
});
