import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { asFailure, Failure, failureKinds } from '../domain/failure/failure.ts';
import type { Store } from './store.ts';

export interface Single<T> {
  readonly store: Store;
  readonly clock: Clock;
  /** Identifies the work: equal work has equal names. */
  readonly name: string;
  /** Wait limit before doing the work locally. */
  readonly waitMsMax: number;
  /** The result if another process has stored it; null otherwise. */
  readonly read: () => Promise<T | null>;
  readonly work: () => Promise<T>;
}

/** A claim that is not renewed for this long expires. */
const workClaimMs = 9_000;
const claimRenewalMs = 3_000;
const pollMsMin = 25;
const pollMsMax = 250;
/** Long enough for the callers that wait, too short for later ones. */
const failureKeptMs = 2_000;

const failedSchema = z.object({
  id: z.string(),
  kind: z.enum(failureKinds),
  public: z.string(),
  retryAfterMs: z.number().optional(),
});
type Failed = z.output<typeof failedSchema>;

/** Claims the work and renews the claim until released. Null while another process has it; throws while the store fails. */
export const claimWork = async (store: Store, clock: Clock, name: string): Promise<(() => Promise<void>) | null> => {
  const key = `once/1/${name}`;
  const mark = clock.bytes(12);
  if (!(await store.compareAndSet(key, null, mark, { expiresInMs: workClaimMs }))) return null;
  let ended = false;
  let cancel = () => {};
  const renewLater = (): void => {
    cancel = clock.after(claimRenewalMs, async () => {
      const ours = await store.compareAndSet(key, mark, mark, { expiresInMs: workClaimMs }).catch(() => true);
      if (ours && !ended) renewLater();
    });
  };
  renewLater();
  return async () => {
    ended = true;
    cancel();
    const ours = await store.compareAndSet(key, mark, mark, { expiresInMs: workClaimMs }).catch(() => false);
    if (ours) await store.delete(key).catch(() => {});
  };
};

/** Shares a failure with the callers that wait for the same work. */
const createFailureNotes = (store: Store, clock: Clock, name: string) => {
  const key = `once-failed/1/${name}`;
  return {
    last: async (): Promise<Failed | null> => {
      try {
        const bytes = await store.get(key);
        return bytes === null ? null : failedSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      } catch {
        return null;
      }
    },
    leave: async ({ kind, details }: Failure): Promise<void> => {
      const { public: text, retryAfterMs } = details;
      const note = { id: clock.bytes(8).toString('hex'), kind, public: text, retryAfterMs };
      await store.set(key, Buffer.from(JSON.stringify(note)), { expiresInMs: failureKeptMs }).catch(() => {});
    },
  };
};

/**
 * One process of all that share the store does the work; the others wait and read its result, or throw its failure.
 * While the store fails, every process does the work itself.
 */
export const onceAcross = async <T>({ store, clock, name, waitMsMax, read, work }: Single<T>): Promise<T> => {
  const notes = createFailureNotes(store, clock, name);
  const begun = clock.monotonic();
  /** Id of the failure that was stored before this caller began to wait; undefined if it has not waited. */
  let known: string | null | undefined;

  const workOrRead = async (): Promise<T> => {
    const found = await read();
    if (found !== null) return found;
    const noted = known === undefined ? null : await notes.last();
    if (noted !== null && noted.id !== known) {
      const { kind, public: text, retryAfterMs } = noted;
      throw new Failure(kind, { public: text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    }
    try {
      return await work();
    } catch (thrown) {
      await notes.leave(asFailure(thrown));
      throw thrown;
    }
  };

  for (let round = 0; clock.monotonic() - begun < waitMsMax; round += 1) {
    const release = await claimWork(store, clock, name).catch(() => 'store-failed' as const);
    if (release === 'store-failed') break;
    if (release !== null) {
      try {
        return await workOrRead();
      } finally {
        await release();
      }
    }
    if (known === undefined) known = (await notes.last())?.id ?? null;
    await clock.sleep(Math.min(pollMsMax, pollMsMin * 2 ** round) * (0.75 + 0.5 * clock.random()));
  }
  return (await read()) ?? (await work());
};
