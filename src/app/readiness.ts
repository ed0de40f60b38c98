/** Whether this process accepts traffic. It is not ready while it starts or drains; failing vendors do not matter. */
export type ReadinessState = 'starting' | 'ready' | 'draining';

export interface ReadinessDetails {
  /** The kind of store that vendor data is kept in. */
  readonly store: string;
  readonly durable: boolean;
  /** `lost`: the shared store cannot be reached. Each replica uses its memory and its share of every limit. */
  readonly storeState: 'ok' | 'lost';
}

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
