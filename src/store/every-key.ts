import type { Store } from './store.ts';

const pageSize = 1_000;

/** All keys that begin with the prefix, in order, however many; with `after` those behind that key. */
export const everyKey = async (store: Pick<Store, 'keys'>, prefix: string, after?: string): Promise<string[]> => {
  const keys: string[] = [];
  for (;;) {
    const page = await store.keys(prefix, pageSize, keys.at(-1) ?? after);
    for (const key of page) keys.push(key);
    if (page.length < pageSize) return keys;
  }
};
