import type { z } from 'zod';
import type { Store } from '../../store/store.ts';
import type { Reading } from '../../vendor/contract/contract.ts';

/** Things that the gateway itself keeps for a connection whose vendor cannot, one entry of the store each. */
export interface KeptThings<Thing> {
  list(): Promise<Reading<Thing>>;
  find(nativeId: string): Promise<Thing | null>;
  keep(thing: Thing): Promise<Thing>;
  drop(nativeId: string): Promise<void>;
}

const thingsMax = 1_000;

/** `noun` is the plural that faults name; together with the owner it decides where the things are kept. */
export const openKeptThings = <Schema extends z.ZodType<{ readonly nativeId: string }>>(
  store: Store,
  noun: string,
  owner: string,
  schema: Schema,
): KeptThings<z.output<Schema>> => {
  const prefix = `kept/1/${noun}/${owner}/`;
  const read = async (key: string): Promise<z.output<Schema> | null> => {
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
    keep: async (thing) => {
      await store.set(`${prefix}${thing.nativeId}`, Buffer.from(JSON.stringify(thing)));
      return thing;
    },
    drop: (nativeId) => store.delete(`${prefix}${nativeId}`),
    list: async () => {
      const keys = await store.keys(prefix, thingsMax);
      const found = await Promise.all(keys.map(async (key) => ({ key, thing: await read(key) })));
      return {
        items: found.flatMap(({ thing }) => (thing === null ? [] : [thing])),
        notes: [],
        faults: found
          .filter(({ thing }) => thing === null)
          .map(({ key }) => ({
            path: `${noun}(id=${key.slice(prefix.length)})`,
            message: 'is kept in a form that cannot be read',
          })),
      };
    },
  };
};

/** The same for the same request, so that repeating it makes nothing twice. */
export const keptId = (key: string): string => `gateway-${key.slice(0, 20)}`;
