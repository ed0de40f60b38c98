import type { Operator, VendorReply } from '../../../src/vendor/kit/index.ts';
import type { Accounts } from './accounts.ts';
import { clientId, clientSecret } from './questions.ts';

type Pairs = readonly (readonly [string, string])[];

/** The operations of the accounts server, under the ids of `document/oauth.json`. */
const operations = {
  'refresh-access-token': '/oauth/v2/token',
  'request-device-code': '/oauth/v3/device/code',
  'poll-device-token': '/oauth/v3/device/token',
  'request-scope-enhancement': '/oauth/v2/token/scopeenhance',
  'revoke-token': '/oauth/v2/token/revoke',
} as const;

const requestTimeoutMs = 20_000;

/** One POST to the accounts server. Parameters go into the body, which stays out of logs. */
export const post = (
  operator: Operator,
  { server }: Accounts,
  operation: keyof typeof operations,
  given: { readonly form: Pairs } | { readonly query: Pairs },
): Promise<VendorReply> =>
  operator.send(server, {
    operation,
    method: 'POST',
    path: operations[operation],
    ...given,
    // A code is valid once: whatever comes back, the request is not repeated.
    effect: 'write',
    attemptsMax: 1,
    timeoutMs: requestTimeoutMs,
    credentials: 'none',
  });

export const clientPairs = (operator: Operator): Pairs => [
  ['client_id', operator.text(clientId)],
  ['client_secret', operator.secret(clientSecret).reveal()],
];

/** The address of a page that a person has to visit. */
export const pageUrl = ({ server }: Accounts, path: string, query: Pairs): string => {
  const url = new URL(`${server}${path}`);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url.href;
};
