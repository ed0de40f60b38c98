import type { z } from 'zod';
import { everyKey } from '../../store/every-key.ts';
import type { Store } from '../../store/store.ts';
import type { Reading } from '../../vendor/contract/contract.ts';

/** Things that the gateway stores for a connection whose vendor does not support them, one store entry each. */
export interface GatewayRecords<Thing> {
  list(): Promise<Reading<Thing>>;
  find(nativeId: string): Promise<Thing | null>;
  put(thing: Thing): Promise<Thing>;
  delete(nativeId: string): Promise<void>;
}

/** `plural` names the things in faults; `plural` and `owner` are part of their store keys. */
export const createGatewayRecords = <Thing extends { readonly nativeId: string }>(
  store: Store,
  plural: string,
  owner: string,
  schema: z.ZodType<Thing>,
): GatewayRecords<Thing> => {
  const prefix = `kept/1/${plural}/${owner}/`;
  const read = async (key: string): Promise<Thing | null> => {
    const bytes = await store.get(key);
    if (bytes === null) return null;
    try {
      return schema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data ?? null;
    } catch {
      return null;
    }
  };
  return {
    find: (nativeId) => read(`${prefix}${nativeId}`),
    put: async (thing) => {
      await store.set(`${prefix}${thing.nativeId}`, Buffer.from(JSON.stringify(thing)));
      return thing;
    },
    delete: (nativeId) => store.delete(`${prefix}${nativeId}`),
    list: async () => {
      const keys = await everyKey(store, prefix);
      const found = await Promise.all(keys.map(async (key) => ({ key, thing: await read(key) })));
      return {
        items: found.flatMap(({ thing }) => (thing === null ? [] : [thing])),
        notes: [],
        faults: found
          .filter(({ thing }) => thing === null)
          .map(({ key }) => ({
            path: `${plural}(id=${key.slice(prefix.length)})`,
            message: 'is stored in a form that cannot be read',
          })),
      };
    },
  };
};

/** Derived from the key of the write, so that repeating the write creates nothing twice. */
export const recordId = (key: string): string => `gateway-${key.slice(0, 20)}`;
