import type { Clock } from '../domain/clock.ts';
import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';

/** Text that changes whenever something of a connection was written whose effect on what was read is not known. */
export interface Written {
  of(connection: Pick<Connection, 'storageKey'>): Promise<string>;
  note(connection: Pick<Connection, 'storageKey'>): Promise<void>;
}

/** Before the first such write. */
const never = '0';

export const createWritten = (store: Store, clock: Clock): Written => {
  const local = new Map<string, string>();
  const keyOf = (storageKey: string) => `written/1/${storageKey}`;
  return {
    of: async ({ storageKey }) => {
      const known = local.get(storageKey);
      if (known !== undefined) return known;
      const bytes = await store.get(keyOf(storageKey)).catch(() => null);
      return bytes === null ? never : Buffer.from(bytes).toString('utf8');
    },
    note: async ({ storageKey }) => {
      const next = clock.id();
      try {
        await store.set(keyOf(storageKey), Buffer.from(next));
        local.delete(storageKey);
      } catch {
        // The other replicas cannot be notified. At least this one reads again.
        local.set(storageKey, next);
      }
    },
  };
};
