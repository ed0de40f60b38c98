import type { Failure } from '../../domain/failure/failure.ts';
import type { Monitor } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Part } from '../../vendor/part.ts';
import { builtInWatches, monitorWatch, type Watch } from './watch.ts';

/** The monitors of a connection that the gateway stores. Vendors evaluate their own monitors. */
export type OwnMonitors = (
  connection: Connection,
  deadline: number,
) => Promise<Pick<Part<readonly Monitor[]>, 'value' | 'failure'>>;

export interface Watched {
  readonly watches: readonly Watch[];
  /** Why watches may be missing; null if none is. */
  readonly failure: Failure | null;
}

/** Everything that the gateway watches on a connection. */
export interface Watches {
  of(connection: Connection, deadline: number): Promise<Watched>;
}

export const createWatches = (ownMonitors: OwnMonitors): Watches => ({
  of: async (connection, deadline) => {
    const { value, failure } = await ownMonitors(connection, deadline);
    const own = value.map(monitorWatch).filter((watch) => watch !== null);
    return { watches: [...builtInWatches, ...own], failure };
  },
});
