import type { Clock } from '../domain/clock.ts';
import { exchangeRateSchema } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import type { Part } from '../vendor/part.ts';
import type { RateTable, SourcedRate } from './rows/convert.ts';

/** The rates to convert with. */
export interface Rates {
  readonly configured: readonly SourcedRate[];
  /** One vendor's rates; null if it publishes none. Throws if they cannot be read. */
  of(
    connection: Connection,
    options: { noCache: boolean; deadline: number },
  ): Promise<Part<readonly SourcedRate[]> | null>;
  /** All rates, the most authoritative first. A vendor whose rates cannot be read adds none. */
  table(connections: readonly Connection[], deadline: number): Promise<RateTable>;
}

const ratesMaxAgeMs = 6 * 3_600_000;
/** Share of the deadline that reading rates may use. */
const ratesDeadlineShare = 0.3;

export const createRates = (listCache: ListCache, configured: readonly SourcedRate[], clock: Clock): Rates => {
  const of: Rates['of'] = async (connection, options) => {
    const source = connection.connector.capabilities.exchangeRates;
    if (source === undefined) return null;
    const request = { name: 'exchange-rates', item: exchangeRateSchema, maxAgeMs: ratesMaxAgeMs, ...options };
    const part = await listCache.read(connection, { ...request, load: (session) => source.list(session) });
    return { ...part, value: part.value.map((rate) => ({ ...rate, source: connection.provider })) };
  };
  return {
    configured,
    of,
    table: async (connections, deadline) => {
      const ratesDeadline = clock.monotonic() + (deadline - clock.monotonic()) * ratesDeadlineShare;
      const parts = await Promise.all(
        connections.map((connection) => of(connection, { noCache: false, deadline: ratesDeadline }).catch(() => null)),
      );
      const published = parts.flatMap((part) => part?.value ?? []);
      return [...configured, ...published.filter((rate) => rate.custom), ...published.filter((rate) => !rate.custom)];
    },
  };
};
