import { addDays, dayOfInstant } from '../../../src/domain/day.ts';
import { decimal, divide, multiply, subtract } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { AnomalyWatch, categoryNames, type Occurrence, statusNames, type Watched } from './anomalies.ts';
import { cloudNames } from './estate.ts';
import { rootCause } from './root-causes.ts';
import { badRequest, epochOf, exactly, isReply, notFound, rangeOfQuery, stamp, success, utcStamp } from './wire.ts';
import type { World } from './world.ts';

const deviationOf = ({ expected, actual }: Occurrence): string => {
  const hundred = decimal('100');
  const percent = divide(multiply(subtract(actual, expected), hundred), expected, 14);
  return exactly(percent ?? hundred);
};

const details = (occurrence: Occurrence) => ({
  detected_time: epochOf(occurrence.day),
  detected_timestamp: utcStamp(occurrence.day),
  updated_time: epochOf(addDays(occurrence.day, 1)),
  updated_timestamp: utcStamp(addDays(occurrence.day, 1)),
  anomaly_level: occurrence.level,
  anomaly_type: occurrence.upper ? 'upper' : 'lower',
  anomaly_status_code: occurrence.status,
  expected_value: exactly(occurrence.expected),
  value: exactly(occurrence.actual),
  currency_code: 'USD',
  currency_symbol: '$',
  currency_locale: 'en-US',
});
/** A check names no cost account. */
export const identity = ({ id, name, account, category }: Watched) => ({
  anomaly_id: id,
  anomaly_name: name,
  ...(category === 'Checks' ? {} : { cost_account_name: account.name, cloud_type: account.cloud }),
  cloud_type_name: cloudNames[account.cloud],
});

export const byWatched = (occurrences: readonly Occurrence[]): Map<Watched, Occurrence[]> =>
  Map.groupBy(occurrences, (occurrence) => occurrence.watched);

const chart = (watched: Watched, occurrences: readonly Occurrence[]): SandboxReply => {
  const last = occurrences.at(-1)?.day;
  const days = (status: number) =>
    occurrences.filter((occurrence) => occurrence.status === status).map(({ day }) => [stamp(day), '1']);
  return success({
    meta: {
      ...identity(watched),
      category: categoryNames[watched.category],
      ...(watched.category === 'Checks' ? {} : { category_id: watched.category }),
      ...(last === undefined ? {} : { last_detected_time: epochOf(last), last_detected_timestamp: utcStamp(last) }),
      total_occurences: String(occurrences.length),
    },
    chart_data: { '1': days(1), '2': days(2), '3': days(3) },
  });
};

interface Found {
  readonly watched: Watched;
  readonly watch: AnomalyWatch;
}

/** The five reads of one watched thing, which exist under several paths. */
export const occurrenceRoutes = (world: World, base: string, find: (id: string) => Found | null): SandboxRoute[] => {
  const all = new AnomalyWatch(world);
  const foundBy = (request: SandboxRequest): Found | null => find(request.query.get('anomaly_id') ?? '');
  const ofOne = (
    path: string,
    answer: (watched: Watched, found: readonly Occurrence[]) => SandboxReply,
  ): SandboxRoute => ({
    method: 'GET',
    path: `${base}/${path}`,
    handle: (request) => {
      const range = rangeOfQuery(request);
      if (isReply(range)) return range;
      const found = foundBy(request);
      if (found === null) return notFound();
      const { start_date: first, end_date: last } = world.asked(range);
      const own = found.watch.between(first, last).filter(({ watched }) => watched.id === found.watched.id);
      return answer(found.watched, own);
    },
  });
  const ofDay = (path: string, answer: (found: Occurrence) => SandboxReply): SandboxRoute => ({
    method: 'GET',
    path: `${base}/details/${path}`,
    handle: (request) => {
      const detected = request.query.get('detected_time') ?? '';
      if (!/^\d{13}$/.test(detected)) return badRequest();
      const day = dayOfInstant(Number(detected));
      const found = foundBy(request);
      const occurrence = found?.watch.between(day, day).find(({ watched }) => watched.id === found.watched.id);
      return occurrence === undefined ? notFound() : answer(occurrence);
    },
  });
  return [
    ofOne('data', (watched, found) =>
      success({
        anomaly_name: watched.name,
        anomalies: found.map((each) => ({
          ...details(each),
          anomaly_status: statusNames[each.status - 1],
          deviation_percentage: deviationOf(each),
        })),
      }),
    ),
    ofOne('chart', chart),
    ofOne('similar', (watched, found) => {
      const days = new Set(found.map((each) => each.day));
      const first = [...days].sort()[0] ?? world.today();
      const others = all.between(first, world.today()).filter((each) => days.has(each.day));
      const similar = [...byWatched(others).keys()].filter((each) => each.id !== watched.id);
      return success({
        similar_anomalies: similar.map(({ id, name, category }) => ({ anomaly_name: name, category, anomaly_id: id })),
      });
    }),
    ofDay('meta', (found) =>
      success({
        info: {
          ...identity(found.watched),
          ...details(found),
          anomaly_status: statusNames[found.status - 1]?.toUpperCase(),
          deviation_percent: deviationOf(found),
        },
      }),
    ),
    ofDay('rca', (found) => rootCause(world, found)),
  ];
};
