import type { z } from 'zod';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import { everyKey } from '../../store/every-key.ts';
import { StorageFailed } from '../../store/storage-failed.ts';
import type { Store } from '../../store/store.ts';
import type { Reading } from '../../vendor/contract/contract.ts';

/** Things that the gateway stores for a connection whose vendor does not support them, one store entry each. */
export interface GatewayRecords<Thing> {
  list(): Promise<Reading<Thing>>;
  find(nativeId: string): Promise<Thing | null>;
  put(thing: Thing): Promise<Thing>;
  delete(nativeId: string): Promise<void>;
}

const retryMs = 5_000;
/** How many things are read from the store at the same time; more at once could exceed the time of a command. */
const readsAtOnce = 64;

/** Nothing was read or done. */
const unreachable = (plural: string, cause: unknown): Failure =>
  new Failure(cause instanceof StorageFailed ? 'storage-unavailable' : 'idempotency-unavailable', {
    public: `The store of the ${plural} that the gateway keeps cannot be reached. Nothing was changed.`,
    retryAfterMs: retryMs,
    effect: 'never',
    cause,
  });

/** The store did not confirm a change, and may have made it all the same. */
const unconfirmed = (plural: string, cause: unknown): Failure =>
  cause instanceof StorageFailed
    ? new Failure('storage-unavailable', {
        public: `The ${plural} that the gateway keeps cannot be written at the moment. Nothing was changed.`,
        retryAfterMs: retryMs,
        effect: 'never',
        cause,
      })
    : new Failure('outcome-unknown', {
        public: `The store of the ${plural} that the gateway keeps did not confirm the change.`,
        cause,
      });

/** Whether a reading failed because the things that the gateway keeps cannot be read now. */
export const saysUnreachable = (thrown: unknown): boolean => {
  const { kind } = asFailure(thrown);
  return kind === 'idempotency-unavailable' || kind === 'storage-unavailable';
};

/**
 * `plural` names the things in faults; `plural` and `owner` are part of their store keys. The store must be one that
 * throws while it is lost: what only one process remembers is not kept.
 */
export const createGatewayRecords = <Thing extends { readonly nativeId: string }>(
  store: Store,
  plural: string,
  owner: string,
  schema: z.ZodType<Thing>,
): GatewayRecords<Thing> => {
  const prefix = `kept/1/${plural}/${owner}/`;
  const read = async (key: string): Promise<Thing | null> => {
    const bytes = await store.get(key).catch((cause) => {
      throw unreachable(plural, cause);
    });
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
      await store.set(`${prefix}${thing.nativeId}`, Buffer.from(JSON.stringify(thing))).catch((cause) => {
        throw unconfirmed(plural, cause);
      });
      return thing;
    },
    delete: (nativeId) =>
      store.delete(`${prefix}${nativeId}`).catch((cause) => {
        throw unconfirmed(plural, cause);
      }),
    list: async () => {
      const keys = await everyKey(store, prefix).catch((cause) => {
        throw unreachable(plural, cause);
      });
      const found: { readonly key: string; readonly thing: Thing | null }[] = [];
      for (let at = 0; at < keys.length; at += readsAtOnce) {
        const some = keys.slice(at, at + readsAtOnce);
        found.push(...(await Promise.all(some.map(async (key) => ({ key, thing: await read(key) })))));
      }
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
