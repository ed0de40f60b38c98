/** Whether this process accepts traffic. It is not ready while it starts or drains; failing vendors do not matter. */
export type ReadinessState = 'starting' | 'ready' | 'draining';

export interface ReadinessDetails {
  /** The kind of store that vendor data is kept in. */
  readonly store: string;
  readonly durable: boolean;
  /**
   * `lost`: the shared store cannot be reached. Each replica uses its memory and its share of every limit.
   * `unwritable`: the embedded store cannot be written. What is read is kept in memory, and writes that have to be
   * recorded are refused.
   */
  readonly storeState: 'ok' | 'lost' | 'unwritable';
  /** What an operator should know of, by name. A degraded part does not make the gateway unready. */
  readonly checks: readonly ReadinessCheck[];
}

export interface ReadinessCheck {
  readonly name: 'store';
  readonly state: 'ok' | 'degraded';
  /** Null if it is ok. */
  readonly detail: string | null;
}

/** The store as a check. `detail` names no path. */
export const storeCheck = (
  storeState: ReadinessDetails['storeState'],
  hasWarning: boolean,
  durable: boolean,
): ReadinessCheck => {
  const degraded = (detail: string): ReadinessCheck => ({ name: 'store', state: 'degraded', detail });
  if (storeState === 'lost') {
    return degraded('The shared store cannot be reached. This replica uses its memory and its share of every limit.');
  }
  if (storeState === 'unwritable') {
    return degraded(
      'The store cannot be written. What is read is kept in memory; writes that it has to record are refused.',
    );
  }
  if (!hasWarning) return { name: 'store', state: 'ok', detail: null };
  return degraded(
    durable
      ? 'The store was damaged and has been replaced. What could be read of it is kept; the log names the file.'
      : 'Nothing is stored: vendor data is kept in memory and lost at the next restart.',
  );
};

export class Readiness {
  #state: ReadinessState = 'starting';
  readonly #readDetails: () => ReadinessDetails;
  constructor(readDetails: () => ReadinessDetails) {
    this.#readDetails = readDetails;
  }
  get details(): ReadinessDetails {
    return this.#readDetails();
  }
  get state(): ReadinessState {
    return this.#state;
  }
  ready(): void {
    if (this.#state === 'starting') this.#state = 'ready';
  }
  drain(): void {
    this.#state = 'draining';
  }
}
