import { z } from 'zod';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';

/** `since`: when the first day that was read again had been read before. `cutAt`: when changes were last left out. */
const markSchema = z.object({ since: z.number(), cutAt: z.number().nullable() });
export type ChangeMark = z.output<typeof markSchema>;

/** Remembers since when changes of a connection can be known. */
export interface ChangeMarks {
  /** Null where no day has been read a second time. */
  read(connection: Connection): Promise<ChangeMark | null>;
  /** The earliest `since` stays, and the latest `cutAt`. */
  add(connection: Connection, mark: ChangeMark): Promise<void>;
}

export const createChangeMarks = (store: Store, onFault: (what: string, cause: unknown) => void): ChangeMarks => {
  const marks = new Map<string, ChangeMark>();
  const keyOf = ({ storageKey }: Connection) => `change-mark/1/${storageKey}`;

  const stored = async (connection: Connection): Promise<ChangeMark | null> => {
    try {
      const bytes = await store.get(keyOf(connection));
      return bytes === null ? null : markSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    } catch {
      return null;
    }
  };

  return {
    read: async (connection) => (await stored(connection)) ?? marks.get(connection.storageKey) ?? null,
    add: async (connection, { since, cutAt }) => {
      const known = marks.get(connection.storageKey) ?? (await stored(connection));
      const mark = { since: Math.min(known?.since ?? since, since), cutAt: cutAt ?? known?.cutAt ?? null };
      marks.set(connection.storageKey, mark);
      if (known !== null && known.since === mark.since && known.cutAt === mark.cutAt) return;
      await store
        .set(keyOf(connection), Buffer.from(JSON.stringify(mark)))
        .catch((cause: unknown) => onFault('how far changes are known could not be written to the store', cause));
    },
  };
};
