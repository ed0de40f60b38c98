import type { Clock } from '../../../domain/clock.ts';
import { instantText } from '../../../domain/day.ts';
import type { Store } from '../../../store/store.ts';
import type { Connector } from '../../contract/contract.ts';
import type { Send } from '../call/call.ts';
import type { Observe } from '../call/events.ts';
import { createMint } from './mint.ts';
import { createTokenRecords } from './token-record.ts';
import { createTokens, type TokenState, type Tokens } from './tokens.ts';

export interface TokenAccess {
  readonly tokens: Tokens;
  state(): Promise<TokenState>;
  reset(): Promise<void>;
}

export interface TokenAccessOptions {
  readonly connector: Connector;
  readonly store: Store;
  readonly clock: Clock;
  readonly observe: Observe;
  /** Sends a request to the token endpoint. */
  readonly send: Send;
  readonly closing: AbortSignal;
}

/** The tokens of a connection; null for a connection that needs none. */
export const createTokenAccess = (options: TokenAccessOptions): TokenAccess | null => {
  const { connector, store, clock } = options;
  const { credentials } = connector;
  if (credentials.kind !== 'token') return null;
  const { owner } = credentials;
  const records = createTokenRecords(store, clock, owner);
  const mint = createMint({ ...options, credentials });
  const tokens = createTokens({ ...options, records, mint, owner });

  const stateWord = (has: boolean, renewing: boolean, cause: string | null): TokenState['state'] => {
    if (cause === 'refused') return 'revoked';
    if (renewing) return 'refreshing';
    if (has) return 'valid';
    return cause === null ? 'none' : 'throttled';
  };
  return {
    tokens,
    state: async () => {
      const { token, renewing } = await tokens.peek();
      const left = await mint.pause.current();
      const allowance = await store.spent(`mints/1/${owner}`, credentials.mints);
      const cause = left?.cause ?? (allowance.freeInMs > 0 ? 'allowance' : null);
      return {
        state: stateWord(token !== null, renewing, cause),
        expiresAt: token === null ? null : instantText(token.expiresAtWall),
      };
    },
    reset: () => mint.reset(),
  };
};
