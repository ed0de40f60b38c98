import type { Clock } from '../../domain/clock.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** The figures are a function of this and of the calendar day. */
  readonly seed?: string;
  /** How this vendor behaves, such as which dialect it uses; each sandbox documents its variants. */
  readonly variant?: string;
}

/** A simulated vendor on loopback. */
export interface RunningSandbox {
  readonly url: string;
  /** Settings that connect a connection to it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Every request it has received, oldest first, including those that a fault changed. */
  readonly calls: readonly SandboxCall[];
  readonly faults: SandboxFaults;
  close(): Promise<void>;
}

export interface SandboxCall {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly at: number;
}

export interface SandboxFaults {
  set(faults: readonly SandboxFault[]): void;
  clear(): void;
}

/** An injected fault: for which requests, and how often. */
export interface SandboxFault {
  /** Prefix of the path; absent means every path. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** How many requests it affects; absent means until cleared. */
  readonly times?: number | undefined;
  readonly kind:
    | 'status'
    | 'latency'
    | 'hang'
    | 'cut'
    | 'garbage'
    | 'empty'
    | 'throttle'
    | 'invalidate-tokens'
    | 'body'
    | 'reset';
  /** For `status`, `body` and `throttle`. */
  readonly status?: number | undefined;
  /** For `latency`. */
  readonly milliseconds?: number | undefined;
  /** For `throttle`: the Retry-After header as it is sent. */
  readonly retryAfter?: string | undefined;
  /** For `body` and `status`: sent unchanged. */
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
}
