import type { Clock } from '../../domain/clock.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  /** 0 or absent: a free port. */
  readonly port?: number;
  /** The world is a function of this and of the calendar day. */
  readonly seed?: string;
  /** What this vendor can be asked to be, such as which dialect it speaks; each sandbox documents its own. */
  readonly variant?: string;
}

/** A vendor on loopback. */
export interface RunningSandbox {
  readonly url: string;
  /** Connection settings that plug a connection into it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Every request it has seen, oldest first, faulted ones included. */
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

/** What goes wrong, for which requests, how often. */
export interface SandboxFault {
  /** Prefix of the path; absent means every path. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** How many requests it hits; absent means until cleared. */
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
  /** For `body` and `status`: sent as it stands. */
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
}
