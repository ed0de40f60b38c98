import { baseUrlFault, type Question } from '../../../src/vendor/kit/index.ts';
import { operations } from '../catalogue.ts';
import { dataCentreFault, dataCentreNames } from '../data-centres.ts';

/** What the gateway calls with the token, in the order of the catalogue. */
const usedScopes = [...new Set(Object.values(operations).flatMap(({ scope }) => scope ?? []))];
const knownScopes = ['Read', 'Create', 'Update', 'Delete'].map((word) => `CloudSpend.Internal.${word}`);

const printable = (text: string): string | null =>
  /^[\x21-\x7e]{1,4096}$/.test(text) ? null : 'is blank, too long, or has blanks or control characters';

const secret = (name: string, environment: string, description: string): Question => ({
  name,
  environment,
  secret: true,
  description,
  fallback: null,
  fault: printable,
});

export const clientId: Question = {
  name: 'client-id',
  environment: 'CLOUDSPEND_CLIENT_ID',
  secret: false,
  description: 'client id, as the Zoho API console shows it',
  fallback: null,
  fault: printable,
};
export const clientSecret = secret('client-secret', 'CLOUDSPEND_CLIENT_SECRET', 'client secret of that client');
export const refreshToken = secret('refresh-token', 'CLOUDSPEND_REFRESH_TOKEN', 'refresh token');
export const grantCode = secret(
  'code',
  'ZOHO_GRANT_CODE',
  'code that the API console made under Self Client, Generate Code',
);

export const dataCentre: Question = {
  name: 'data-center',
  environment: 'CLOUDSPEND_DATA_CENTER',
  secret: false,
  description: `data centre where the client is registered: ${dataCentreNames.join(', ')}`,
  fallback: 'us',
  fault: (text) => dataCentreFault(text.toLowerCase()),
};
export const accountsUrl: Question = {
  name: 'accounts-url',
  environment: 'CLOUDSPEND_ACCOUNTS_URL',
  secret: false,
  description: 'accounts server, where it is not the one of the data centre; cn needs it',
  fallback: '',
  fault: (text) => (text === '' ? null : baseUrlFault(text)),
};
export const scopes: Question = {
  name: 'scopes',
  environment: 'ZOHO_SCOPES',
  secret: false,
  description: `scopes, separated by commas, of ${knownScopes.join(', ')}`,
  fallback: usedScopes.join(','),
  fault: (text) =>
    text.split(',').every((scope) => knownScopes.includes(scope))
      ? null
      : `must be a comma list of ${knownScopes.join(', ')}`,
};
export const redirectUri: Question = {
  name: 'redirect-uri',
  environment: 'ZOHO_REDIRECT_URI',
  secret: false,
  description: 'redirect URI on this machine, as it is registered with the client',
  fallback: 'http://127.0.0.1:8976/callback',
  fault: (text) =>
    /^http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}(?:\/[\w./-]*)?$/.test(text)
      ? null
      : 'must be an address of this machine with a port, such as http://127.0.0.1:8976/callback',
};

/** Where the client is registered. */
export const place = [dataCentre, accountsUrl, clientId];
