import type { Store } from '../../src/store/store.ts';

/** A store as a process sees it that can be cut off from it: from then on nothing of its work arrives any more. */
export const severable = (store: Store): { readonly store: Store; readonly sever: () => void } => {
  let severed = false;
  const guarded = <Asked extends unknown[], Answer>(work: (...asked: Asked) => Promise<Answer>) => {
    const never = new Promise<Answer>(() => {});
    return async (...asked: Asked): Promise<Answer> => (severed ? never : work(...asked));
  };
  return {
    sever: () => {
      severed = true;
    },
    store: {
      kind: store.kind,
      durable: store.durable,
      get: guarded((key) => store.get(key)),
      set: guarded((key, value, options) => store.set(key, value, options)),
      compareAndSet: guarded((...asked) => store.compareAndSet(...asked)),
      delete: guarded((key) => store.delete(key)),
      keys: guarded((...asked) => store.keys(...asked)),
      draw: guarded((...asked) => store.draw(...asked)),
      spent: guarded((...asked) => store.spent(...asked)),
      acquire: guarded((...asked) => store.acquire(...asked)),
      close: async () => {},
    },
  };
};
