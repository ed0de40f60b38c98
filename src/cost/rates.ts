import { exchangeRateSchema } from '../domain/schemas.ts';
import type { HeldReadings } from '../gather/held-reading.ts';
import type { Connection } from '../provider/connection.ts';
import type { RateTable, SourcedRate } from './convert.ts';

const maxAgeMs = 6 * 3_600_000;

/** Configured rates first, then what vendors publish. A vendor that cannot be asked just gives none. */
export const openRates =
  (held: HeldReadings, configured: readonly SourcedRate[]) =>
  async (connections: readonly Connection[], deadline: number): Promise<RateTable> => {
    const lists = await Promise.all(
      connections.map(async (connection): Promise<SourcedRate[]> => {
        const source = connection.connector.capabilities.exchangeRates;
        if (source === undefined) return [];
        try {
          const part = await held.read(connection, {
            name: 'exchange-rates',
            item: exchangeRateSchema,
            maxAgeMs,
            noCache: false,
            deadline,
            load: (session) => source.list(session),
          });
          return part.value.map((rate) => ({ ...rate, source: connection.provider }));
        } catch {
          return [];
        }
      }),
    );
    const custom = lists.flat().filter((rate) => rate.custom);
    return [...configured, ...custom, ...lists.flat().filter((rate) => !rate.custom)];
  };
