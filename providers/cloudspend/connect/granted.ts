import type { ConnectOutcome, Operator, Secret } from '../../../src/vendor/kit/index.ts';
import type { Accounts } from './accounts.ts';
import { accountsUrl, clientId, refreshToken } from './questions.ts';

/** The refresh token, and what has to be set beside it. */
export const granted = (operator: Operator, accounts: Accounts, credential: Secret): ConnectOutcome => {
  const stated = operator.text(accountsUrl).replace(/\/+$/, '');
  return {
    kind: 'granted',
    environment: refreshToken.environment,
    credential,
    settings: {
      [clientId.environment]: operator.text(clientId),
      CLOUDSPEND_DATA_CENTER: accounts.dataCentre,
      ...(stated === accounts.server ? { [accountsUrl.environment]: stated } : {}),
    },
  };
};
