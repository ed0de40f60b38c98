import type { Clock } from '../domain/clock.ts';
import type { Store } from './store.ts';

export interface AwaitedOptions {
  readonly clock: Clock;
  readonly lost: () => boolean;
  /** How long a lost store is waited for; 0: not at all. */
  readonly waitMsMax: number;
}

const lookEveryMs = 25;

/** Waits for a lost store before it is asked: most losses are over in less time than it takes to repeat a request. */
export const awaited = (store: Store, { clock, lost, waitMsMax }: AwaitedOptions): Store => {
  const back = async (): Promise<void> => {
    const giveUpAt = clock.monotonic() + waitMsMax;
    while (lost() && clock.monotonic() < giveUpAt) await clock.sleep(lookEveryMs);
  };
  const after =
    <Given extends readonly unknown[], Value>(ask: (...given: Given) => Promise<Value>) =>
    async (...given: Given): Promise<Value> => {
      if (lost()) await back();
      return ask(...given);
    };
  return {
    kind: store.kind,
    durable: store.durable,
    get: after(store.get),
    set: after(store.set),
    compareAndSet: after(store.compareAndSet),
    delete: after(store.delete),
    keys: after(store.keys),
    draw: after(store.draw),
    spent: after(store.spent),
    acquire: after(store.acquire),
    close: store.close,
  };
};
