import type { AnomalyDetails } from '../../domain/answer-schemas.ts';
import type { Clock } from '../../domain/clock.ts';
import { addDays, addMonths, type Day } from '../../domain/day.ts';
import { asFailure } from '../../domain/failure/failure.ts';
import { type Anomaly, sourceAnomalyDetailSchema, sourceAnomalySchema } from '../../domain/nouns.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { idOf } from '../plain-list.ts';
import { jsonDigest } from '../writes/fingerprint.ts';
import type { Detailed } from './gateway-detail.ts';
import { emptyPart, joinParts, missingPart } from './parts.ts';

interface VendorAsk {
  readonly noCache: boolean;
  readonly deadline: number;
}

/** Anomalies that vendors detect. */
export interface VendorAnomalies {
  /** Null if the vendor has no anomalies. */
  read(
    connection: Connection,
    range: { readonly start: Day; readonly end: Day },
    ask: VendorAsk,
  ): Promise<Part<readonly Anomaly[]>> | null;
  /** One anomaly with its details; null if there is none. */
  find(connection: Connection, nativeId: string, ask: VendorAsk): Promise<Part<Detailed<Anomaly> | null>>;
}

const vendorAnomaliesMaxAgeMs = 10 * 60_000;
/** The default range of anomalies, which is longer than that of costs. */
export const anomalyDaysDefault = 90;
const monthsMax = 36;

/** The details of a vendor that has none. */
const noDetail: AnomalyDetails = { rootCauses: [], history: [], similar: [] };

export const createVendorAnomalies = (listCache: ListCache, clock: Clock): VendorAnomalies => {
  const read: VendorAnomalies['read'] = (connection, range, ask) => {
    const { anomalies } = connection.connector.capabilities;
    if (anomalies === undefined) return null;
    return listCache.read(connection, {
      ...ask,
      name: `anomalies/${range.start}/${range.end}`,
      item: sourceAnomalySchema,
      maxAgeMs: vendorAnomaliesMaxAgeMs,
      load: (session) => anomalies.list(session, range),
    });
  };

  const detailOf = async (
    connection: Connection,
    nativeId: string,
    ask: VendorAsk,
  ): Promise<Part<AnomalyDetails | null>> => {
    const detail = connection.connector.capabilities.anomalies?.detail;
    if (detail === undefined) return { ...emptyPart, value: noDetail };
    const part = await listCache.read(connection, {
      ...ask,
      name: `anomaly-detail/${jsonDigest(nativeId)}`,
      item: sourceAnomalyDetailSchema,
      maxAgeMs: vendorAnomaliesMaxAgeMs,
      load: async (session) => {
        const found = await detail(session, nativeId);
        return { items: found === null ? [] : [found], notes: [], faults: [] };
      },
    });
    const [found] = part.value;
    if (found === undefined) return { ...part, value: null };
    const rootCauses = found.rootCauses.map((cause) => ({ ...cause, alias: cause.alias ?? null, sharePercent: null }));
    const similar = found.similar.map((each) => ({ id: idOf(connection, each.nativeId), ...each }));
    return { ...part, value: { ...found, rootCauses, similar } };
  };

  return {
    read,
    find: async (connection, nativeId, ask) => {
      const today = clock.today();
      const end = addDays(today, 1);
      const lookSince = async (start: Day) => {
        const part = (await read(connection, { start, end }, ask)) ?? emptyPart;
        return { part, anomaly: part.value.find((each) => each.nativeId === nativeId) };
      };
      const recent = await lookSince(addDays(today, -anomalyDaysDefault));
      const detail = await detailOf(connection, nativeId, ask).catch((thrown: unknown) => {
        // The anomaly is known, so only its details are missing.
        if (recent.anomaly === undefined) throw thrown;
        return { ...missingPart(asFailure(thrown)), value: noDetail };
      });
      if (detail.value === null) return joinParts(recent.part, detail, null);
      const { part, anomaly } = recent.anomaly === undefined ? await lookSince(addMonths(end, -monthsMax)) : recent;
      if (anomaly === undefined && part.failure !== null) throw part.failure;
      return joinParts(part, detail, anomaly === undefined ? null : { anomaly, detail: detail.value });
    },
  };
};
