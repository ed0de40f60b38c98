import type { Clock } from '../domain/clock.ts';
import type { Store } from './store.ts';

const length = 32;

/** Random bytes that are the same for all processes with the same store; the first caller creates them. */
export const secretBytes = async (store: Store, clock: Clock, name: string): Promise<Uint8Array> => {
  const key = `secret/1/${name}`;
  const known = await store.get(key);
  if (known !== null && known.length === length) return known;
  const made = clock.bytes(length);
  if (await store.compareAndSet(key, known, made)) return made;
  return (await store.get(key)) ?? made;
};
