import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/clock.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';

export interface Driver {
  readonly name: string;
  /** A place of its own for one test. `open` may be called again: durable drivers then find what was there. */
  readonly place: () => Promise<{ open(clock: Clock): Promise<Store>; remove(): Promise<void> }>;
}

export const drivers: readonly Driver[] = [
  { name: 'memory', place: async () => ({ open: async (clock) => memoryStore(clock), remove: async () => {} }) },
  {
    name: 'sqlite',
    place: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'store-'));
      return {
        open: async (clock) => sqliteStore(join(folder, 'gateway.sqlite'), clock),
        remove: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
];
