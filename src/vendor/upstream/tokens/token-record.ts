import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';

const tokenRecordSchema = z.object({
  accessToken: z.string().min(1),
  /** Wall time, for other processes and the next start. */
  expiresAt: z.number(),
  mintedAt: z.number(),
  /** Generation of the lease under which it was requested. */
  generation: z.number(),
});
export type TokenRecord = z.output<typeof tokenRecordSchema>;

/** How long the record of a rejected token is kept. */
const discardedForMs = 3_600_000;
const writesMax = 5;

const encodeToken = (record: TokenRecord): Uint8Array => new TextEncoder().encode(JSON.stringify(record));
const decodeToken = (bytes: Uint8Array | null): TokenRecord | null => {
  if (bytes === null) return null;
  try {
    return tokenRecordSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
};

/** The token of one owner in the store. */
export const createTokenRecords = (store: Store, clock: Clock, owner: string) => {
  const key = `token/1/${owner}`;
  return {
    read: async (): Promise<TokenRecord | null> => decodeToken(await store.get(key)),

    /** Stores the record unless one of a later generation is stored already; returns the stored one. */
    keep: async (record: TokenRecord): Promise<TokenRecord> => {
      for (let attempt = 0; attempt < writesMax; attempt += 1) {
        const bytes = await store.get(key);
        const stored = decodeToken(bytes);
        if (stored !== null && stored.generation > record.generation && stored.expiresAt > clock.now()) return stored;
        const expiresInMs = record.expiresAt - record.mintedAt;
        if (await store.compareAndSet(key, bytes, encodeToken(record), { expiresInMs })) return record;
      }
      return record;
    },

    /** Expires a token that the vendor no longer accepts; any other token stays. */
    discard: async (accessToken: string): Promise<void> => {
      const bytes = await store.get(key);
      const stored = decodeToken(bytes);
      if (stored?.accessToken !== accessToken) return;
      await store.compareAndSet(key, bytes, encodeToken({ ...stored, expiresAt: 0 }), { expiresInMs: discardedForMs });
    },
  };
};
export type TokenRecords = ReturnType<typeof createTokenRecords>;
