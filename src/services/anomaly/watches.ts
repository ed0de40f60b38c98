import type { Monitor } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import { builtInWatches, monitorWatch, type Watch } from './watch.ts';

/** The monitors of a connection that the gateway stores. Vendors evaluate their own monitors. */
export type OwnMonitors = (connection: Connection, deadline: number) => Promise<readonly Monitor[]>;

/** Everything that the gateway watches on a connection. */
export interface Watches {
  of(connection: Connection, deadline: number): Promise<readonly Watch[]>;
}

export const createWatches = (ownMonitors: OwnMonitors): Watches => ({
  of: async (connection, deadline) => {
    const monitors = await ownMonitors(connection, deadline);
    const own = monitors.map(monitorWatch).filter((watch) => watch !== null);
    return [...builtInWatches, ...own];
  },
});
