/**
 * Everything that must outlive a request: paid-for vendor data, quota ledgers, token leases, pauses,
 * idempotency records. One port, several drivers (`memory`, `sqlite`, `redis`), one conformance suite.
 *
 * Keys are text such as `segment/1/…`; the number is the layout's version. A value that cannot be parsed counts as missing.
 */
export interface Store {
  readonly kind: 'memory' | 'sqlite' | 'redis';
  /** Its content survives the end of the process. */
  readonly durable: boolean;

  get(key: string): Promise<Uint8Array | null>;
  set(key: string, value: Uint8Array, options?: StoreOptions): Promise<void>;
  /** Stores `next` only if the key still holds exactly `expected` (null: only if it is absent). Resolves with whether it did. */
  compareAndSet(key: string, expected: Uint8Array | null, next: Uint8Array, options?: StoreOptions): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** The keys that begin with the prefix, in order, at most `limit`; with `after` those behind that key. */
  keys(prefix: string, limit: number, after?: string): Promise<string[]>;

  /**
   * Takes `amount` from a rolling window if that keeps it within `limit`; atomic over all who share the store.
   * Nothing is ever given back: a failed attempt counts as an attempt.
   */
  draw(counter: string, window: Window, amount: number): Promise<Draw>;
  /** The result of a draw of 0. */
  spent(counter: string, window: Window): Promise<Draw>;

  /** Exclusive for `durationMs`, unless released before; null while another holder has it. */
  acquire(lease: string, durationMs: number): Promise<Lease | null>;

  close(): Promise<void>;
}

export interface StoreOptions {
  readonly expiresInMs?: number;
}

export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

export interface Draw {
  readonly granted: boolean;
  /** How much of the window is used, this draw included if it was granted. */
  readonly spent: number;
  /** When one more unit would be granted; 0 if at once. */
  readonly freeInMs: number;
}

export interface Lease {
  /** Grows with every acquisition of this lease: it detects holders whose lease has expired. */
  readonly generation: number;
  release(): Promise<void>;
}
