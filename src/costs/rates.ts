import type { Clock } from '../domain/clock.ts';
import { exchangeRateSchema } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import type { Part } from '../vendor/part.ts';
import type { RateTable, SourcedRate } from './rows/convert.ts';

/** The rates to convert with. */
export interface Rates {
  readonly configured: readonly SourcedRate[];
  /** One vendor's rates; null where it has none to give. Throws where it could not be asked. */
  of(
    connection: Connection,
    options: { noCache: boolean; deadline: number },
  ): Promise<Part<readonly SourcedRate[]> | null>;
  /** All of them, the more authoritative ones first. A vendor that cannot be asked just gives none. */
  table(connections: readonly Connection[], deadline: number): Promise<RateTable>;
}

const maxAgeMs = 6 * 3_600_000;
/** Who publishes rates and hangs must leave time for the figures. */
const shareOfTime = 0.3;

export const createRates = (listCache: ListCache, configured: readonly SourcedRate[], clock: Clock): Rates => {
  const of: Rates['of'] = async (connection, options) => {
    const source = connection.connector.capabilities.exchangeRates;
    if (source === undefined) return null;
    const request = { name: 'exchange-rates', item: exchangeRateSchema, maxAgeMs, ...options };
    const part = await listCache.read(connection, { ...request, load: (session) => source.list(session) });
    return { ...part, value: part.value.map((rate) => ({ ...rate, source: connection.provider })) };
  };
  return {
    configured,
    of,
    table: async (connections, deadline) => {
      const patience = clock.monotonic() + (deadline - clock.monotonic()) * shareOfTime;
      const parts = await Promise.all(
        connections.map((connection) => of(connection, { noCache: false, deadline: patience }).catch(() => null)),
      );
      const published = parts.flatMap((part) => part?.value ?? []);
      return [...configured, ...published.filter((rate) => rate.custom), ...published.filter((rate) => !rate.custom)];
    },
  };
};
