import type { FailureKind } from '../../../domain/failure/failure.ts';

/** What happened during vendor calls, for logs and metrics. Contains no header value, query, body or credential. */
export type UpstreamEvent =
  /** One request that was sent, with the status of its answer or the kind of its failure. */
  | {
      readonly kind: 'call';
      readonly operation: string;
      readonly outcome: number | FailureKind;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'retry';
      readonly operation: string;
      /** The number of the next attempt. */
      readonly attempt: number;
      readonly because: FailureKind;
      readonly waitMs: number;
    }
  | {
      readonly kind: 'pause';
      readonly scope: 'connection' | 'operation';
      readonly operation: string;
      readonly milliseconds: number;
    }
  | { readonly kind: 'circuit'; readonly origin: string; readonly state: CircuitState }
  | { readonly kind: 'token'; readonly outcome: TokenOutcome }
  | { readonly kind: 'queue-full'; readonly operation: string };

export type CircuitState = 'closed' | 'open' | 'half-open';
type TokenOutcome = 'minted' | 'refused' | 'throttled' | 'failed';
export type Observe = (event: UpstreamEvent) => void;
