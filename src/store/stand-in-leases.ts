import type { Clock } from '../domain/clock.ts';
import { createMemoryStore } from './memory.ts';
import type { Lease, Store } from './store.ts';

/** Leases of a store, and of this process alone while the store is lost. Generations grow across both. */
export interface StandInLeases {
  fromStore(name: string, durationMs: number): Promise<Lease | null>;
  here(name: string, durationMs: number): Promise<Lease | null>;
  close(): Promise<void>;
}

export const createStandInLeases = (store: () => Pick<Store, 'acquire'>, clock: Clock): StandInLeases => {
  const own = createMemoryStore(clock);
  let generation = 0;
  return {
    fromStore: async (name, durationMs) => {
      const lease = await store().acquire(name, durationMs);
      if (lease === null) return null;
      generation = Math.max(generation, lease.generation);
      // A lease that cannot be released expires.
      return { generation: lease.generation, release: () => lease.release().catch(() => {}) };
    },
    here: async (name, durationMs) => {
      const lease = await own.acquire(name, durationMs);
      if (lease === null) return null;
      generation = Math.max(generation + 1, Math.floor(clock.now()));
      return { generation, release: lease.release };
    },
    close: () => own.close(),
  };
};
