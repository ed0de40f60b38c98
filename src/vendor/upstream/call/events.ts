import type { FailureKind } from '../../../domain/failure/failure.ts';

/** What happened on the way to a vendor, for logs and metrics. Never a header's value, a query, a body or a credential. */
export type UpstreamEvent =
  /** One request that was sent: the status of a good answer, or what went wrong. */
  | {
      readonly kind: 'call';
      readonly operation: string;
      readonly outcome: number | FailureKind;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'retry';
      readonly operation: string;
      /** The number of the attempt to come. */
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
