import type { FailureKind } from '../../domain/failure/failure.ts';
import type { QuotaState } from '../quota/ledger.ts';
import type { CircuitState } from './call/events.ts';
import type { TokenState } from './tokens/tokens.ts';

export interface LastFailure {
  readonly kind: FailureKind;
  readonly public: string;
  /** RFC 3339, as are the other instants. */
  readonly at: string;
}

export interface UpstreamState {
  readonly circuit: CircuitState;
  readonly pausedUntil: string | null;
  readonly pauseReason: string | null;
  /** Null for connections that need none. */
  readonly token: TokenState | null;
  readonly quotas: readonly QuotaState[];
  /** Since this process started. */
  readonly lastSuccessAt: string | null;
  readonly lastFailure: LastFailure | null;
  /** `down`: calls cannot succeed now. `degraded`: some calls fail or wait. `unknown`: none has succeeded or failed yet. */
  readonly health: 'ok' | 'degraded' | 'down' | 'unknown';
}

/** Caused by the gateway, or by one request: they say nothing about the vendor's health. */
const unrelatedToHealth: readonly FailureKind[] = [
  'internal',
  'not-ready',
  'overloaded',
  'deadline-exceeded',
  'quota-exhausted',
  'circuit-open',
  'vendor-rejected',
  'vendor-not-found',
];
export const affectsHealth = (kind: FailureKind): boolean => !unrelatedToHealth.includes(kind);

export interface Symptoms {
  readonly circuit: CircuitState;
  readonly paused: boolean;
  readonly token: TokenState | null;
  /** The vendor rejected the credentials, which are not sent for a while. */
  readonly refused: boolean;
  readonly failedLast: boolean;
  /** Some call has succeeded since this process started. */
  readonly proven: boolean;
}

export const healthOf = ({
  circuit,
  paused,
  token,
  refused,
  failedLast,
  proven,
}: Symptoms): UpstreamState['health'] => {
  if (circuit === 'open' || token?.state === 'revoked' || (refused && token === null)) return 'down';
  const degraded = circuit === 'half-open' || paused || refused || failedLast || token?.state === 'throttled';
  if (degraded) return 'degraded';
  return proven ? 'ok' : 'unknown';
};
