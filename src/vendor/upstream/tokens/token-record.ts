import { z } from 'zod';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';

const tokenRecordSchema = z.object({
  accessToken: z.string().min(1),
  /** Wall time, for other processes and the next start. */
  expiresAt: z.number(),
  mintedAt: z.number(),
  /** Of the lease it was minted under. */
  generation: z.number(),
});
export type TokenRecord = z.output<typeof tokenRecordSchema>;

/** How long the note stays that a token is no longer any good. */
const voidedForMs = 3_600_000;
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

/** The token of one owner, as all who share the store see it. */
export const createTokenRecords = (store: Store, clock: Clock, owner: string) => {
  const key = `token/1/${owner}`;
  return {
    read: async (): Promise<TokenRecord | null> => decodeToken(await store.get(key)),

    /** Keeps the record unless one of a later generation is there already, and answers with the one that stands. */
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

    /** Ends a token that the vendor no longer accepts; another one is left alone. */
    discard: async (accessToken: string): Promise<void> => {
      const bytes = await store.get(key);
      const stored = decodeToken(bytes);
      if (stored?.accessToken !== accessToken) return;
      await store.compareAndSet(key, bytes, encodeToken({ ...stored, expiresAt: 0 }), { expiresInMs: voidedForMs });
    },
  };
};
export type TokenRecords = ReturnType<typeof createTokenRecords>;
