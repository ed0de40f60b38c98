import type { Clock } from '../../../domain/clock.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Store } from '../../../store/store.ts';
import { orAborted } from '../call/abort.ts';
import { type Mint, mintTimeoutMsMax } from './mint.ts';
import type { TokenRecord, TokenRecords } from './token-record.ts';

/** After this time the process that holds the lease counts as dead. */
const mintLeaseMs = mintTimeoutMsMax + 2000;
const pollMs = 100;
const tokenWaitMsMax = 3 * mintLeaseMs;
/** Wait after a failed early renewal; the old token is still valid. */
const earlyRenewalRetryMs = 30_000;
const freshMs = 60_000;

export interface Token {
  readonly accessToken: string;
  readonly generation: number;
  readonly expiresAtWall: number;
  /** Monotonic, as are the next two: a jump of the wall clock does not change the age. */
  readonly mintedAt: number;
  readonly expiresAt: number;
  readonly refreshAt: number;
}

export interface TokenState {
  readonly state: 'valid' | 'refreshing' | 'throttled' | 'revoked' | 'none';
  /** RFC 3339. */
  readonly expiresAt: string | null;
}

export interface Tokens {
  /** A token that is valid as far as is known; requests one if there is none. */
  current(signal: AbortSignal): Promise<Token>;
  /** Another token than the rejected one. All calls rejected with one token get the same new one. */
  renew(refused: Token, signal: AbortSignal): Promise<Token>;
  /** The replay with this token was rejected as well. */
  giveUp(token: Token): Promise<void>;
  peek(): Promise<{ readonly token: Token | null; readonly renewing: boolean }>;
}

export interface TokensOptions {
  readonly records: TokenRecords;
  readonly mint: Mint;
  readonly store: Store;
  readonly clock: Clock;
  readonly owner: string;
  readonly closing: AbortSignal;
}

/** A token that a search must not return. */
interface Unwanted {
  readonly accessToken: string | null;
  readonly generation: number | null;
}
const anything: Unwanted = { accessToken: null, generation: null };

export const createTokens = ({ records, mint, store, clock, owner, closing }: TokensOptions): Tokens => {
  let held: Token | null = null;
  let search: Promise<Token> | null = null;
  let refused: string | null = null;
  let refreshNotBefore = Number.NEGATIVE_INFINITY;

  const valid = (token: Token | null): Token | null =>
    token !== null && clock.monotonic() < token.expiresAt ? token : null;

  const adopt = (record: TokenRecord): Token => {
    if (held !== null && held.generation === record.generation && held.accessToken === record.accessToken) return held;
    const lifetime = record.expiresAt - record.mintedAt;
    const age = Math.min(Math.max(0, clock.now() - record.mintedAt), lifetime);
    const mintedAt = clock.monotonic() - age;
    held = {
      accessToken: record.accessToken,
      generation: record.generation,
      expiresAtWall: record.expiresAt,
      mintedAt,
      expiresAt: mintedAt + lifetime,
      refreshAt: mintedAt + lifetime * (0.75 + 0.1 * clock.random()),
    };
    return held;
  };

  /** A token that another process, or an earlier run of this one, put into the store. */
  const lookUp = async (unwanted: Unwanted): Promise<Token | null> => {
    const record = await records.read();
    if (record === null || record.expiresAt <= clock.now()) return null;
    if (record.accessToken === unwanted.accessToken || record.generation === unwanted.generation) return null;
    return valid(adopt(record));
  };

  const mintUnder = async (generation: number, unwanted: Unwanted): Promise<Token> => {
    if (unwanted.accessToken !== null) {
      await records.discard(unwanted.accessToken);
      if (held?.accessToken === unwanted.accessToken) held = null;
    }
    const grant = await mint.mint();
    const mintedAt = clock.now();
    const record = { accessToken: grant.accessToken, mintedAt, expiresAt: mintedAt + grant.lifetimeMs, generation };
    // While the store fails, only this process gets the token.
    return adopt(await records.keep(record).catch(() => record));
  };

  const find = async (unwanted: Unwanted): Promise<Token> => {
    const begun = clock.monotonic();
    while (clock.monotonic() - begun < tokenWaitMsMax) {
      const found = await lookUp(unwanted);
      if (found !== null) return found;
      await mint.refuse();
      const lease = await store.acquire(`mint/1/${owner}`, mintLeaseMs);
      if (lease === null) {
        await clock.sleep(pollMs, closing);
        continue;
      }
      try {
        return (await lookUp(unwanted)) ?? (await mintUnder(lease.generation, unwanted));
      } finally {
        await lease.release();
      }
    }
    throw new Failure('vendor-timeout', {
      public: 'The vendor gave no access token in time.',
      source: 'token-endpoint',
    });
  };

  /** One search at a time for all callers; it continues when one of them is cancelled. */
  const searchFor = (unwanted: Unwanted): Promise<Token> => {
    search ??= find(unwanted).finally(() => {
      search = null;
      refused = null;
    });
    return search;
  };

  const renewEarly = (token: Token): void => {
    const now = clock.monotonic();
    if (search !== null || now < token.refreshAt || now < refreshNotBefore) return;
    refreshNotBefore = now + earlyRenewalRetryMs;
    searchFor({ accessToken: null, generation: token.generation }).catch(() => {});
  };

  return {
    current: async (signal) => {
      const token = valid(held);
      if (token === null || token.accessToken === refused) return orAborted(searchFor(anything), signal);
      renewEarly(token);
      return token;
    },
    renew: async (token, signal) => {
      const other = valid(held);
      if (other !== null && other.accessToken !== token.accessToken) return other;
      // A running search may return the rejected token: then another search follows.
      if (search !== null && refused !== token.accessToken) {
        const found = await orAborted(search, signal);
        if (found.accessToken !== token.accessToken) return found;
      }
      refused = token.accessToken;
      return orAborted(searchFor({ accessToken: token.accessToken, generation: null }), signal);
    },
    giveUp: async (token) => {
      if (clock.monotonic() - token.mintedAt < freshMs) await mint.giveUp();
    },
    peek: async () => {
      const token = valid(held) ?? (search === null ? await lookUp(anything).catch(() => null) : null);
      return { token, renewing: search !== null };
    },
  };
};
