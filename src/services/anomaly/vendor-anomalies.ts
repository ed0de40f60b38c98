import type { AnomalyDetails } from '../../domain/answer-schemas.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, addMonths, type Day } from '../../domain/day.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import { type Anomaly, sourceAnomalyDetailSchema, sourceAnomalySchema } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { digestOf } from '../writes/fingerprint.ts';
import type { Detailed } from './gateway-detail.ts';
import { joined, lacking, nothing } from './parts.ts';

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
  ): Promise<Part<readonly Anomaly[]>> | null;
  /** One of them with what only the single one tells; null where there is none. */
  find(connection: Connection, nativeId: string, ask: VendorAsk): Promise<Part<Detailed<Anomaly> | null>>;
}

const maxAgeMs = 10 * 60_000;
/** Anomalies are looked at over a longer span than costs. */
export const daysDefault = 90;
const monthsMax = 36;

/** For a vendor that gives no detail. */
const noDetail: AnomalyDetails = { rootCauses: [], history: [], similar: [] };

export const createVendorAnomalies = (listCache: ListCache, clock: Clock): VendorAnomalies => {
  const read: VendorAnomalies['read'] = (connection, range, ask) => {
    const { anomalies } = connection.connector.capabilities;
    if (anomalies === undefined) return null;
    return listCache.read(connection, {
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
    if (detail === undefined) return { ...nothing, value: noDetail };
    const part = await listCache.read(connection, {
      ...ask,
      name: `anomaly-detail/${digestOf(nativeId)}`,
      item: sourceAnomalyDetailSchema,
      maxAgeMs,
      load: async (session) => {
        const found = await detail(session, nativeId);
        return { items: found === null ? [] : [found], notes: [], faults: [] };
      },
    });
    const [found] = part.value;
    if (found === undefined) return { ...part, value: null };
    const rootCauses = found.rootCauses.map((cause) => ({ ...cause, sharePercent: null }));
    return { ...part, value: { ...found, rootCauses } };
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
        return { ...lacking(asFailure(thrown)), value: noDetail };
      });
      if (detail.value === null) return joined(recent.part, detail, null);
      const { part, anomaly } = recent.anomaly === undefined ? await look(addMonths(end, -monthsMax)) : recent;
      if (anomaly === undefined && part.failure !== null) throw part.failure;
      return joined(part, detail, anomaly === undefined ? null : { anomaly, detail: detail.value });
    },
  };
};
