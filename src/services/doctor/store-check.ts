import type { Clock } from '../../domain/clock.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import { type Check, fine, wrong } from './check.ts';

const name = 'store';
const keptMs = 60_000;
const mend = 'Make DATA_DIR writable for the user of the gateway, with free space, or Redis reachable at REDIS_URL.';

/** Whether what is written into the store can be read back. */
export const checkStore = async (store: Store, warning: string | null, clock: Clock): Promise<Check> => {
  if (warning !== null) return wrong(name, warning, mend);
  const key = `doctor/1/${clock.id()}`;
  const value = clock.bytes(16);
  try {
    await store.set(key, value, { expiresInMs: keptMs });
    const kept = await store.get(key);
    await store.delete(key);
    if (kept === null || !value.equals(kept)) return wrong(name, 'what was written could not be read back', mend);
  } catch (thrown) {
    return wrong(name, asFailure(thrown).details.public, mend);
  }
  return fine(name, `${store.kind} can be written and read`);
};
