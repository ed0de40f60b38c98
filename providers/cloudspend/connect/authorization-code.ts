import { type ConnectOutcome, Failure, type Operator } from '../../../src/vendor/kit/index.ts';
import { movedTo, registeredAt, type ServerOf } from './accounts.ts';
import { granted } from './granted.ts';
import { clientId, redirectUri, scopes } from './questions.ts';
import { clientPairs, pageUrl, post } from './requests.ts';
import { grantIn, refusalOf } from './token-answer.ts';

type Pairs = readonly (readonly [string, string])[];

export interface Consent {
  /** The page that asks for consent. */
  readonly path: string;
  /** Parameters of the page beyond those of every such request. */
  readonly page: Pairs;
  /** Parameters of the token request beyond those of every such request. */
  readonly token: Pairs;
}

/** Consent in a browser that comes back with a code, which is exchanged where Zoho says the account is. */
export const byConsent = async (operator: Operator, serverOf: ServerOf, consent: Consent): Promise<ConnectOutcome> => {
  const registered = registeredAt(operator, serverOf);
  const back = await operator.awaitReturn(operator.text(redirectUri));
  operator.visit(
    pageUrl(registered, consent.path, [
      ['client_id', operator.text(clientId)],
      ['response_type', 'code'],
      ['redirect_uri', back.uri],
      ['scope', operator.text(scopes)],
      ['access_type', 'offline'],
      ['state', back.state],
      ...consent.page,
    ]),
  );
  const arrived = await back.arrival();
  const error = arrived.get('error');
  if (error !== undefined) throw refusalOf(error);
  const code = arrived.get('code');
  if (code === undefined) {
    throw new Failure('vendor-incomplete', { public: 'The browser came back without a code and without an error.' });
  }
  const location = arrived.get('location') ?? '';
  const accounts = movedTo(location, arrived.get('accounts-server') ?? null, registered, serverOf);
  if (accounts !== registered) operator.tell(`Zoho keeps this account in the data centre ${accounts.dataCentre}.`);
  const form = [
    ...clientPairs(operator),
    ['grant_type', 'authorization_code'],
    ['code', code],
    ['redirect_uri', back.uri],
    ...consent.token,
  ] as const;
  return granted(operator, accounts, grantIn(await post(operator, accounts, 'refresh-access-token', { form })));
};
