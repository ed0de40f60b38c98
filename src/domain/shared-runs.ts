interface Running<Value> {
  readonly value: Promise<Value>;
  readonly controller: AbortController;
  waiting: number;
}

/** Runs equal work once for all who request it while it runs. */
export class SharedRuns<Value> {
  #running = new Map<string, Running<Value>>();

  /** The work is aborted only when every waiting request has been aborted. */
  async run(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ readonly value: Value; readonly joined: boolean }> {
    const known = this.#running.get(key);
    const running = known ?? this.#start(key, work);
    running.waiting += 1;
    const leave = () => {
      running.waiting -= 1;
      if (running.waiting > 0) return;
      this.#forget(key, running);
      running.controller.abort(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    try {
      return { value: await running.value, joined: known !== undefined };
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Later requests start a new run. */
  forgetAll(): void {
    this.#running = new Map();
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<Value>): Running<Value> {
    const controller = new AbortController();
    const running = { value: work(controller.signal), controller, waiting: 0 };
    this.#running.set(key, running);
    const end = () => this.#forget(key, running);
    running.value.then(end, end);
    return running;
  }

  #forget(key: string, running: Running<Value>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}
