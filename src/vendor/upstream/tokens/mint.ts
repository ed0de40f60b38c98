import type { Clock } from '../../../domain/clock.ts';
import { asFailure, Failure } from '../../../domain/failure/failure.ts';
import type { Store } from '../../../store/store.ts';
import type { Connector, MintReading } from '../../contract/contract.ts';
import type { VendorRequest } from '../../contract/request.ts';
import { createVendorCall, type Send } from '../call/call.ts';
import type { Observe } from '../call/events.ts';
import { clampPause } from '../pauses/retry-after.ts';
import { createStoredPause, type PauseLeft } from '../pauses/stored-pause.ts';

export type TokenCredentials = Extract<Connector['credentials'], { kind: 'token' }>;

export const mintTimeoutMsMax = 8000;
const refusedForMs = 600_000;
/** Failures in a row before requests are paused. */
const failuresBeforePause = 1;
const failedBaseMs = 30_000;
const lifetimeMsMin = 60_000;
const lifetimeMsMax = 86_400_000;

const newTokenRejected = 'The vendor does not accept a token that it has just issued.';

export interface MintOptions {
  readonly credentials: TokenCredentials;
  readonly store: Store;
  readonly clock: Clock;
  readonly observe: Observe;
  /** Timeout, reading and sending, without credentials. */
  readonly send: Send;
  readonly closing: AbortSignal;
}

export interface Grant {
  readonly accessToken: string;
  readonly lifetimeMs: number;
}

/** Requests tokens within the gateway's own limit, and not while the endpoint is paused. */
export const createMint = ({ credentials, store, clock, observe, send, closing }: MintOptions) => {
  const pause = createStoredPause(store, clock, `mint-pause/1/${credentials.owner}`);
  let failuresInARow = 0;

  const paused = ({ cause, reason, leftMs }: PauseLeft): Failure => {
    const kind =
      cause === 'refused' ? 'credentials-rejected' : cause === 'failing' ? 'circuit-open' : 'vendor-throttled';
    return new Failure(kind, {
      public: reason,
      internal: `no token is requested: ${cause}`,
      retryAfterMs: leftMs,
      source: 'token-endpoint',
    });
  };
  const charge = async (): Promise<void> => {
    const draw = await store.draw(`mints/1/${credentials.owner}`, credentials.mints, 1);
    if (draw.granted) return;
    observe({ kind: 'token', outcome: 'throttled' });
    throw new Failure('vendor-throttled', {
      public: "The gateway's own limit of token requests to the vendor is reached.",
      internal: `own limit of ${credentials.mints.limit} token requests`,
      retryAfterMs: Math.max(1, draw.freeInMs),
      source: 'token-endpoint',
    });
  };
  const fail = async (failure: Failure): Promise<never> => {
    observe({ kind: 'token', outcome: 'failed' });
    failuresInARow += 1;
    const beyond = failuresInARow - failuresBeforePause;
    if (beyond > 0)
      await pause.begin(Math.min(refusedForMs, failedBaseMs * 2 ** (beyond - 1)), failure.details.public, 'failing');
    throw new Failure(failure.kind, { ...failure.details, source: 'token-endpoint' });
  };

  const ask = async (): Promise<MintReading> => {
    const asked = credentials.mint();
    const timeoutMs = Math.min(asked.timeoutMs ?? mintTimeoutMsMax, mintTimeoutMsMax);
    const request: VendorRequest = { ...asked, credentials: 'none', timeoutMs };
    const deadline = Number.POSITIVE_INFINITY;
    const reply = await send(createVendorCall({ request, purpose: 'dashboard', signal: closing, deadline }));
    return credentials.readMint(reply);
  };

  return {
    /** Throws while no token may be requested. */
    refuse: async (): Promise<void> => {
      const left = await pause.current();
      if (left !== null) throw paused(left);
    },
    /** One token request, charged before it is sent. */
    mint: async (): Promise<Grant> => {
      await charge();
      const reading = await ask().catch((thrown: unknown) => fail(asFailure(thrown)));
      switch (reading.kind) {
        case 'granted': {
          failuresInARow = 0;
          observe({ kind: 'token', outcome: 'minted' });
          const lifetimeMs = Number.isNaN(reading.lifetimeMs) ? 0 : reading.lifetimeMs;
          return {
            accessToken: reading.accessToken,
            lifetimeMs: Math.min(lifetimeMsMax, Math.max(lifetimeMsMin, lifetimeMs)),
          };
        }
        case 'throttled': {
          observe({ kind: 'token', outcome: 'throttled' });
          await pause.begin(clampPause(reading.pauseMs), reading.public, 'throttled');
          throw paused({ cause: 'throttled', reason: reading.public, leftMs: clampPause(reading.pauseMs) });
        }
        case 'refused': {
          observe({ kind: 'token', outcome: 'refused' });
          await pause.begin(refusedForMs, reading.public, 'refused');
          throw paused({ cause: 'refused', reason: reading.public, leftMs: refusedForMs });
        }
        case 'unreadable':
          return fail(
            new Failure('vendor-malformed', { public: 'The answer to the token request could not be read.' }),
          );
      }
    },
    /** The API rejected a new token: another one would be rejected too. */
    giveUp: async (): Promise<void> => {
      if (pause.known() !== null) return;
      observe({ kind: 'token', outcome: 'refused' });
      await pause.begin(refusedForMs, newTokenRejected, 'refused');
    },
    pause,
    reset: async (): Promise<void> => {
      failuresInARow = 0;
      await pause.drop();
    },
  };
};
export type Mint = ReturnType<typeof createMint>;
