import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { type Authenticator, allScopes, credentialOf, unauthenticated } from './caller-auth.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Null: a token sees every connection. Else one without the claim sees none. */
  readonly connectionsClaim: string | null;
}

export interface TokenAuthOptions extends TokenRules {
  readonly clock: Clock;
  readonly keys: JWTVerifyGetKey;
  /** Names that are not for tokens: whoever had one would be taken for that consumer. */
  readonly reserved: ReadonlySet<string>;
}

const charactersMax = 8 * 1024;
const nameCharactersMax = 256;
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Three parts of base64url; no key that is anything else is ever shown to the issuer's rules. */
export const looksLikeToken = (credential: string): boolean =>
  credential.length <= charactersMax && compact.test(credential);

/** A list, or words with blanks between; anything else says nothing. */
const wordsOf = (claim: unknown): string[] => {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
};

const connectionsOf = (payload: JWTPayload, claim: string | null): ReadonlySet<string> | null => {
  if (claim === null) return null;
  return new Set(Object.hasOwn(payload, claim) ? wordsOf(payload[claim]) : []);
};

const consumerOf = (payload: JWTPayload, { connectionsClaim, reserved }: TokenAuthOptions): Consumer => {
  const name: unknown = payload.sub;
  if (typeof name !== 'string' || name === '' || name.length > nameCharactersMax || reserved.has(name))
    throw unauthenticated();
  const granted = new Set(wordsOf(payload.scope ?? payload.scp));
  return {
    name,
    scopes: new Set(allScopes.filter((scope) => granted.has(scope))),
    connections: connectionsOf(payload, connectionsClaim),
  };
};

/** Tokens of one issuer. What is wrong with one is never said, and a fault in looking is a refusal as well. */
export const tokenAuthenticator =
  (options: TokenAuthOptions): Authenticator =>
  async (headers) => {
    const credential = credentialOf(headers);
    if (credential === null || !looksLikeToken(credential)) throw unauthenticated();
    try {
      const { payload } = await jwtVerify(credential, options.keys, {
        algorithms,
        issuer: options.issuer,
        audience: options.audience,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(options.clock.now()),
      });
      return consumerOf(payload, options);
    } catch {
      throw unauthenticated();
    }
  };
