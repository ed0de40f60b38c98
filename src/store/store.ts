/**
 * Everything that must outlive a request: paid-for vendor data, quota ledgers, token leases, pauses,
 * idempotency records. One port, several drivers (`memory`, `sqlite`), one conformance suite.
 *
 * Keys are text such as `segment/1/…`; the number is the layout's version. What cannot be read is a miss.
 */
export interface Store {
  readonly kind: 'memory' | 'sqlite' | 'redis';
  /** Survives the end of the process. */
  readonly durable: boolean;

  get(key: string): Promise<Uint8Array | null>;
  set(key: string, value: Uint8Array, options?: StoreOptions): Promise<void>;
  /** Stores `next` only if the key still holds exactly `expected` (null: only if it is absent). Says whether it did. */
  compareAndSet(key: string, expected: Uint8Array | null, next: Uint8Array, options?: StoreOptions): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** The keys that begin with the prefix, in order, at most `limit`. */
  keys(prefix: string, limit: number): Promise<string[]>;

  /**
   * Takes `amount` from a rolling window if that keeps it within `limit`; atomic over all who share the store.
   * Nothing is ever given back: an attempt that failed was still an attempt.
   */
  draw(counter: string, window: Window, amount: number): Promise<Draw>;
  /** What a draw of 0 would say. */
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
  /** Grows with every acquisition of this lease: a fence against holders that woke up too late. */
  readonly generation: number;
  release(): Promise<void>;
}
