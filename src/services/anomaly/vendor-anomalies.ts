import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { addDays, addMonths, type Day } from '../../domain/day.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import { anomalyDetailSchema, sourceAnomalySchema } from '../../domain/schemas.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { HeldReadings } from '../../vendor/list-cache.ts';
import type { Part } from '../gather.ts';
import { digestOf } from '../writes/fingerprint.ts';
import type { AnomalyDetails, Detailed } from './gateway-detail.ts';
import { joined, lacking, nothing } from './parts.ts';

export type VendorAnomaly = z.output<typeof sourceAnomalySchema>;

interface VendorAsk {
  readonly noCache: boolean;
  readonly deadline: number;
}

/** What the vendors themselves find out of line. */
export interface VendorAnomalies {
  /** Null where the vendor has nothing of the kind. */
  read(
    connection: Connection,
    range: { readonly start: Day; readonly end: Day },
    ask: VendorAsk,
  ): Promise<Part<readonly VendorAnomaly[]>> | null;
  /** One of them with what only the single one tells; null where there is none. */
  find(connection: Connection, nativeId: string, ask: VendorAsk): Promise<Part<Detailed<VendorAnomaly> | null>>;
}

const maxAgeMs = 10 * 60_000;
/** Anomalies are looked at over a longer span than costs. */
export const daysDefault = 90;
const monthsMax = 36;

/** What stands where the vendor tells no more. */
const untold: AnomalyDetails = { rootCauses: [], history: [], similar: [] };

const detailSchema = anomalyDetailSchema.extend({
  rootCauses: z.array(anomalyDetailSchema.shape.rootCauses.element.omit({ sharePercent: true })),
});

export const openVendorAnomalies = (held: HeldReadings, clock: Clock): VendorAnomalies => {
  const read: VendorAnomalies['read'] = (connection, range, ask) => {
    const { anomalies } = connection.connector.capabilities;
    if (anomalies === undefined) return null;
    return held.read(connection, {
      ...ask,
      name: `anomalies/${range.start}/${range.end}`,
      item: sourceAnomalySchema,
      maxAgeMs,
      load: (session) => anomalies.list(session, range),
    });
  };

  const detailOf = async (
    connection: Connection,
    nativeId: string,
    ask: VendorAsk,
  ): Promise<Part<AnomalyDetails | null>> => {
    const detail = connection.connector.capabilities.anomalies?.detail;
    if (detail === undefined) return { ...nothing, value: untold };
    const part = await held.read(connection, {
      ...ask,
      name: `anomaly-detail/${digestOf(nativeId)}`,
      item: detailSchema,
      maxAgeMs,
      load: async (session) => {
        const told = await detail(session, nativeId);
        const { rootCauses = [], history = [], similar = [] } = told ?? {};
        const item = { rootCauses: [...rootCauses], history: [...history], similar: [...similar] };
        return { items: told === null ? [] : [item], notes: [], faults: [] };
      },
    });
    const [told] = part.value;
    if (told === undefined) return { ...part, value: null };
    const rootCauses = told.rootCauses.map((cause) => ({ ...cause, sharePercent: null }));
    return { ...part, value: { ...told, rootCauses } };
  };

  return {
    read,
    find: async (connection, nativeId, ask) => {
      const today = clock.today();
      const end = addDays(today, 1);
      const look = async (start: Day) => {
        const part = (await read(connection, { start, end }, ask)) ?? nothing;
        return { part, anomaly: part.value.find((each) => each.nativeId === nativeId) };
      };
      const recent = await look(addDays(today, -daysDefault));
      const detail = await detailOf(connection, nativeId, ask).catch((thrown: unknown) => {
        // The anomaly itself is known: the rest of it is a part that is missing.
        if (recent.anomaly === undefined) throw thrown;
        return { ...lacking(asFailure(thrown)), value: untold };
      });
      if (detail.value === null) return joined(recent.part, detail, null);
      const { part, anomaly } = recent.anomaly === undefined ? await look(addMonths(end, -monthsMax)) : recent;
      if (anomaly === undefined && part.failure !== null) throw part.failure;
      return joined(part, detail, anomaly === undefined ? null : { anomaly, detail: detail.value });
    },
  };
};
