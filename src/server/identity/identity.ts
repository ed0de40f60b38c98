import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../telemetry/log.ts';
import { type ReadDocument, readDocument } from '../../vendor/upstream/transport/issuer-documents.ts';
import { type Authenticator, authenticator, credentialOf, type KeyEntry } from './caller-auth.ts';
import { issuerKeys } from './issuer-keys.ts';
import { looksLikeToken, type TokenRules, tokenAuthenticator } from './token-auth.ts';

/** How callers may prove who they are; neither lets everybody in. */
export interface Proofs {
  readonly keys: readonly KeyEntry[] | null;
  readonly oidc: (TokenRules & { readonly jwksUrl: string | null }) | null;
}

export interface IdentityOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly read?: ReadDocument;
}

/** A token is shown to its issuer's rules first; all else, and what they refuse, is looked for among the keys. */
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
