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
  /** Since this process began. */
  readonly lastSuccessAt: string | null;
  readonly lastFailure: LastFailure | null;
  /** `down`: no answer is to be expected now. `degraded`: some calls fail or wait. */
  readonly health: 'ok' | 'degraded' | 'down';
}

/** Ours, or an answer about one thing that was asked for: they say nothing about how the vendor is. */
const unremarkable: readonly FailureKind[] = [
  'internal',
  'not-ready',
  'overloaded',
  'deadline-exceeded',
  'quota-exhausted',
  'circuit-open',
  'vendor-rejected',
  'vendor-not-found',
];
export const isRemarkable = (kind: FailureKind): boolean => !unremarkable.includes(kind);

export interface Symptoms {
  readonly circuit: CircuitState;
  readonly paused: boolean;
  readonly token: TokenState | null;
  /** Credentials that were refused and are not asked with for a while. */
  readonly refused: boolean;
  readonly failedLast: boolean;
}

export const healthOf = ({ circuit, paused, token, refused, failedLast }: Symptoms): UpstreamState['health'] => {
  if (circuit === 'open' || token?.state === 'revoked' || (refused && token === null)) return 'down';
  const hampered = circuit === 'half-open' || paused || refused || failedLast || token?.state === 'throttled';
  return hampered ? 'degraded' : 'ok';
};
