/** Whether this process should be sent traffic. Vendor faults do not make it unready; starting and draining do. */
export type ReadinessState = 'starting' | 'ready' | 'draining';

export interface ReadinessDetails {
  /** Where paid-for data is kept. */
  readonly store: string;
  readonly durable: boolean;
  /** `lost`: what replicas share cannot be reached; each goes on from its memory and its share. */
  readonly storeState: 'ok' | 'lost';
}

export class Readiness {
  #state: ReadinessState = 'starting';
  readonly #look: () => ReadinessDetails;
  constructor(look: () => ReadinessDetails) {
    this.#look = look;
  }
  get details(): ReadinessDetails {
    return this.#look();
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
