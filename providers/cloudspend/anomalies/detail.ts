import { addDays, dayOfInstant } from '../../../src/domain/day.ts';
import { decimal } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { AnomalyDetail } from '../../../src/domain/nouns.ts';
import { decode, Failure, type Session, type VendorRequest } from '../../../src/vendor/kit/index.ts';
import { costAccounts } from '../accounts/cost-accounts.ts';
import { dateRange } from '../end-date.ts';
import { nativeIdOf, readNativeId } from './native-id.ts';
import { causesOf, historyOf } from './normalise.ts';
import { anomalyCausesRequest, anomalyMetaRequest, similarAnomaliesRequest, type Watcher } from './requests.ts';
import { type AnomalyCauses, anomalyCausesSchema, anomalyMetaSchema, similarAnomaliesSchema } from './wire.ts';

/** The reply, or null where the vendor answers that there is none. */
const callOrNull = async (session: Session, request: VendorRequest): Promise<{ readonly json: unknown } | null> => {
  try {
    return await session.call(request);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'vendor-not-found') return null;
    throw thrown;
  }
};

/** The category of what a check watches is a word, all others are numbers. */
const watcherOf = (category: string | number | null | undefined): Watcher =>
  typeof category === 'string' && category.trim().toLowerCase() === 'checks' ? 'check' : 'vendor';

/** A detail cannot be partial: if one part cannot be read, the whole fails. */
export const detail = async (session: Session, nativeId: string): Promise<AnomalyDetail | null> => {
  const id = readNativeId(nativeId);
  if (id === null) return null;
  const { detected } = id;
  const meta = await callOrNull(session, anomalyMetaRequest(id, detected));
  if (meta === null) return null;
  const { info } = decode(anomalyMetaSchema, meta.json, 'anomaly details meta').data;
  const day = dayOfInstant(Number(detected));
  const own = {
    day,
    actual: money(decimal(info.value), info.currency_code),
    expected: money(decimal(info.expected_value), info.currency_code),
  };
  const range = await dateRange(session, day, addDays(day, 1));
  const [answer, others] = await Promise.all([
    callOrNull(session, anomalyCausesRequest(id, detected)),
    callOrNull(session, similarAnomaliesRequest(id, range)),
  ]);
  const causes: AnomalyCauses =
    answer === null
      ? { currency_code: info.currency_code }
      : decode(anomalyCausesSchema, answer.json, 'anomaly details rca').data;
  const similar =
    others === null ? [] : decode(similarAnomaliesSchema, others.json, 'similar anomalies').data.similar_anomalies;
  const { items: accounts } = await costAccounts(session);
  return {
    rootCauses: causesOf(causes, accounts),
    history: historyOf(causes, own),
    // What is similar is asked for on this day, so that is the day of the similar ones.
    similar: similar.map((each) => ({
      nativeId: nativeIdOf({ watcher: watcherOf(each.category), id: each.anomaly_id, detected }),
      name: each.anomaly_name,
    })),
  };
};
