import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { type Authenticator, allScopes, credentialOf, unauthenticated } from './caller-auth.ts';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Null: tokens see every connection. Otherwise a token without the claim sees none. */
  readonly connectionsClaim: string | null;
}

export interface TokenAuthOptions extends TokenRules {
  readonly clock: Clock;
  readonly keys: JWTVerifyGetKey;
  /** Names of other consumers, which no token may have as its subject. */
  readonly reserved: ReadonlySet<string>;
}

const charactersMax = 8 * 1024;
const nameCharactersMax = 256;
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const compactPattern = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Three parts of base64url. Any other credential is never checked as a token. */
export const looksLikeToken = (credential: string): boolean =>
  credential.length <= charactersMax && compactPattern.test(credential);

/** A list of texts, or a text of words with blanks between; empty for anything else. */
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

/** Accepts tokens of one issuer. The reason of a rejection is never given; an error while checking is a rejection. */
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
