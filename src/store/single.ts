import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { asFailure, Failure, failureKinds } from '../domain/failure/failure.ts';
import type { Store } from './store.ts';

export interface Single<T> {
  readonly store: Store;
  readonly clock: Clock;
  /** What is done, so that equal work has equal names. */
  readonly name: string;
  /** Who waited longer than this for the others does it after all. */
  readonly patienceMs: number;
  /** What is there already, done by somebody else; null where it still has to be done. */
  readonly read: () => Promise<T | null>;
  readonly work: () => Promise<T>;
}

/** A worker that has not been heard of for this long is taken for dead. */
const workClaimMs = 9_000;
const claimRenewalMs = 3_000;
const pollMsMin = 25;
const pollMsMax = 250;
/** For those who waited while it failed, and for nobody who comes later. */
const failureKeptMs = 2_000;

const failedSchema = z.object({
  id: z.string(),
  kind: z.enum(failureKinds),
  public: z.string(),
  retryAfterMs: z.number().optional(),
});
type Failed = z.output<typeof failedSchema>;

/** The right to do it, kept up for as long as it takes. Null while somebody else has it; throws where nobody can tell. */
const claim = async (store: Store, clock: Clock, name: string): Promise<(() => Promise<void>) | null> => {
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

/** How it ended for the others when it failed. */
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
 * Of all who share the store, one does the work; the others wait and read what came of it, or fail as it did.
 * A store that cannot tell keeps nobody from working.
 */
export const onceAcross = async <T>({ store, clock, name, patienceMs, read, work }: Single<T>): Promise<T> => {
  const notes = createFailureNotes(store, clock, name);
  const begun = clock.monotonic();
  /** Of the failure that was noted before this caller began to wait; undefined while it never had to. */
  let known: string | null | undefined;

  const doIt = async (): Promise<T> => {
    const found = await read();
    if (found !== null) return found;
    const theirs = known === undefined ? null : await notes.last();
    if (theirs !== null && theirs.id !== known) {
      const { kind, public: text, retryAfterMs } = theirs;
      throw new Failure(kind, { public: text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    }
    try {
      return await work();
    } catch (thrown) {
      await notes.leave(asFailure(thrown));
      throw thrown;
    }
  };

  for (let round = 0; clock.monotonic() - begun < patienceMs; round += 1) {
    const release = await claim(store, clock, name).catch(() => 'untold' as const);
    if (release === 'untold') break;
    if (release !== null) {
      try {
        return await doIt();
      } finally {
        await release();
      }
    }
    if (known === undefined) known = (await notes.last())?.id ?? null;
    await clock.sleep(Math.min(pollMsMax, pollMsMin * 2 ** round) * (0.75 + 0.5 * clock.random()));
  }
  return (await read()) ?? (await work());
};
