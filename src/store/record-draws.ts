import { everything, type OwnShare, type PendingDraws } from './own-share.ts';
import type { Store } from './store.ts';

type Counting = Pick<Store, 'draw' | 'spent'>;

/** Counts in the store what has been drawn already, whatever the limit is. */
export const recordDraws = async (store: Counting, { counter, windowMs, amount }: PendingDraws): Promise<void> => {
  await store.draw(counter, { limit: everything, windowMs }, amount);
};

/** Counts in the store what was drawn without it. */
export const recordPending = async (store: Counting, share: OwnShare): Promise<void> => {
  for (const draws of share.pending()) {
    await recordDraws(store, draws);
    share.synced(draws);
  }
};

/** Counts in the store what it lacks of what was seen in it before. */
export const recordSeen = async (store: Counting, share: OwnShare): Promise<void> => {
  for (const { counter, windowMs, amount } of share.seen()) {
    const { spent } = await store.spent(counter, { limit: everything, windowMs });
    if (spent < amount) await recordDraws(store, { counter, windowMs, amount: amount - spent });
  }
};
