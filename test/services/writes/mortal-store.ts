import type { Store } from '../../../src/store/store.ts';

/** When the process that holds the store is to die: around the first of its operations that the test names. */
export interface Death {
  readonly when: 'before' | 'after';
  readonly at: (key: string, value: string) => boolean;
}

export interface MortalStore {
  readonly store: Store;
  /** From now on nothing that this process asks of the store ever ends: it is as good as dead. */
  kill(): void;
  /** A store that was lost can be reached again. */
  restore(): void;
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** The store as one process sees it, which may be killed or cut off while others go on. */
export const mortalStore = (inner: Store, death: Death | null, lostFrom: Death['at'] | null = null): MortalStore => {
  let dead = false;
  let lost = false;

  const through = async <T>(key: string, value: string, work: () => Promise<T>): Promise<T> => {
    if (lostFrom?.(key, value) === true) lost = true;
    const dying = death?.at(key, value) === true;
    if (dead || (dying && death?.when === 'before')) {
      dead = true;
      return never();
    }
    if (lost) throw new Error('the store cannot be reached');
    const result = await work();
    if (dying) dead = true;
    return dead ? never() : result;
  };
  const textOf = (value: Uint8Array) => Buffer.from(value).toString('utf8');

  return {
    kill: () => {
      dead = true;
    },
    restore: () => {
      lost = false;
    },
    store: {
      kind: inner.kind,
      durable: inner.durable,
      get: (key) => through(key, '', () => inner.get(key)),
      set: (key, value, options) => through(key, textOf(value), () => inner.set(key, value, options)),
      compareAndSet: (key, expected, next, options) =>
        through(key, textOf(next), () => inner.compareAndSet(key, expected, next, options)),
      delete: (key) => through(key, '', () => inner.delete(key)),
      keys: (prefix, limit) => through(prefix, '', () => inner.keys(prefix, limit)),
      draw: (counter, window, amount) => through(counter, '', () => inner.draw(counter, window, amount)),
      spent: (counter, window) => through(counter, '', () => inner.spent(counter, window)),
      acquire: (lease, durationMs) => through(lease, '', () => inner.acquire(lease, durationMs)),
      close: () => inner.close(),
    },
  };
};
