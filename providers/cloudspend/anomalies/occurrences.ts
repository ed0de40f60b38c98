import { z } from 'zod';
import { type Anomaly, sourceAnomalySchema } from '../../../src/domain/nouns.ts';
import type { Session } from '../../../src/vendor/kit/index.ts';
import { minuteMs } from '../availability.ts';
import type { Decoded } from '../partial.ts';
import type { DateRange } from '../requests.ts';
import { anomaliesOf, type Watched } from './normalise.ts';
import { anomalyDataRequest } from './requests.ts';

/** As long as a listing that ran out of calls needs to be asked for again and go on. */
const keptMs = 5 * minuteMs;

const keptSchema = z.object({ start_date: z.string(), end_date: z.string(), items: z.array(sourceAnomalySchema) });

/**
 * The anomalies of one watched thing: one call each. They are kept for some minutes, so that a listing of more things
 * than the vendor allows calls for is whole at the second or third attempt.
 */
export const readOccurrences = async (
  session: Session,
  watched: Watched,
  range: DateRange,
): Promise<Decoded<Anomaly>> => {
  const name = `anomalies/${watched.watcher}/${watched.id}`;
  const read: { faults: Decoded<Anomaly>['faults'] } = { faults: [] };
  const load = async () => {
    const { items, faults } = anomaliesOf((await session.call(anomalyDataRequest(watched, range))).json, watched);
    read.faults = faults;
    return { ...range, items: [...items] };
  };
  const keep = () => session.fact(name, keptMs, keptSchema, load);
  let kept = await keep();
  if (kept.start_date !== range.start_date || kept.end_date !== range.end_date) {
    await session.forget(name);
    kept = await keep();
  }
  if (read.faults.length > 0) await session.forget(name);
  return { items: kept.items, faults: read.faults };
};
