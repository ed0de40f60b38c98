import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';
import { type ReadDocument, readDocument } from '../../vendor/upstream/transport/issuer-documents.ts';
import { type Authenticator, authenticator, credentialOf, type KeyEntry } from './caller-auth.ts';
import { issuerKeys } from './issuer-keys.ts';
import { looksLikeToken, type TokenRules, tokenAuthenticator } from './token-auth.ts';

/** The accepted kinds of credential. With neither, no credential is needed. */
export interface Proofs {
  readonly keys: readonly KeyEntry[] | null;
  readonly oidc: (TokenRules & { readonly jwksUrl: string | null }) | null;
}

export interface IdentityOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly read?: ReadDocument;
}

/** Checks a token by the rules of its issuer first. Everything else, and a rejected token, is looked up as a key. */
export const identity = ({ keys, oidc }: Proofs, options: IdentityOptions): Authenticator => {
  const { clock, log, read = readDocument } = options;
  if (oidc === null) return authenticator(keys === null ? { mode: 'none' } : { mode: 'keys', keys, clock });
  const byToken = tokenAuthenticator({
    ...oidc,
    clock,
    keys: issuerKeys({ ...oidc, clock, log, read }),
    reserved: new Set(keys?.map((key) => key.name)),
  });
  if (keys === null) return byToken;
  const byKey = authenticator({ mode: 'keys', keys, clock });
  return async (headers) => {
    const credential = credentialOf(headers);
    if (credential === null || !looksLikeToken(credential)) return byKey(headers);
    try {
      return await byToken(headers);
    } catch {
      return byKey(headers);
    }
  };
};
