/** Whether this process should be sent traffic. Vendor faults do not make it unready; starting and draining do. */
export type ReadinessState = 'starting' | 'ready' | 'draining';

export interface ReadinessDetails {
  /** Where paid-for data is kept. */
  readonly store: string;
  readonly durable: boolean;
}

export class Readiness {
  #state: ReadinessState = 'starting';
  readonly details: ReadinessDetails;
  constructor(details: ReadinessDetails) {
    this.details = details;
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
