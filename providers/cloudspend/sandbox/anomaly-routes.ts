import { addDays, dayOfInstant } from '../../../src/domain/day.ts';
import { decimal, divide, multiply, subtract } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import {
  AnomalyWatch,
  categoryNames,
  type Occurrence,
  statusCodes,
  statusNames,
  type Watched,
  watchList,
} from './anomalies.ts';
import { cloudNames } from './estate.ts';
import { rootCause } from './root-causes.ts';
import {
  badRequest,
  epochOf,
  exactly,
  isReply,
  longDay,
  notFound,
  rangeOfQuery,
  stamp,
  success,
  utcStamp,
} from './wire.ts';
import type { World } from './world.ts';

const root = '/cs/api/reports/anomaly/summary';

/** The API uses both `1` and `open` for the same status. */
const statusOfQuery = (text: string | null): number => {
  const named = new Map<string | null, number>(statusCodes.map((name, index) => [name, index + 1]));
  return named.get(text) ?? Number(text);
};

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
const identity = ({ id, name, account }: Watched) => ({
  anomaly_id: id,
  anomaly_name: name,
  cost_account_name: account.name,
  cloud_type: account.cloud,
  cloud_type_name: cloudNames[account.cloud],
});

const byWatched = (occurrences: readonly Occurrence[]): Map<Watched, Occurrence[]> =>
  Map.groupBy(occurrences, (occurrence) => occurrence.watched);

const summary = (occurrences: readonly Occurrence[]): SandboxReply => {
  const categories = Map.groupBy(byWatched(occurrences), ([watched]) => watched.category);
  return success({
    summary_data: Object.fromEntries(
      [...categories].map(([category, found]) => [
        category,
        found.map(([watched, all]) => [watched.name, all.length, watched.account.cloud]),
      ]),
    ),
  });
};

const list = (occurrences: readonly Occurrence[], first: string, last: string): SandboxReply => {
  const anomalies = [...byWatched(occurrences)].map(([watched, all]) => {
    const latest = all.at(-1);
    if (latest === undefined) return [watched.id, {}];
    return [
      watched.id,
      {
        ...identity(watched),
        count: all.length,
        detected_time: epochOf(latest.day),
        detected_timestamp: longDay(latest.day),
        detected_timestamp_iso: utcStamp(latest.day),
        status: latest.status,
        status_code: statusNames[latest.status - 1],
      },
    ];
  });
  return success({
    dates: { start_date: `${first}T00:00:00+0000`, end_date: `${last}T00:00:00+0000` },
    anomalies: Object.fromEntries(anomalies),
  });
};

const chart = (watched: Watched, occurrences: readonly Occurrence[]): SandboxReply => {
  const last = occurrences.at(-1)?.day;
  const days = (status: number) =>
    occurrences.filter((occurrence) => occurrence.status === status).map(({ day }) => [stamp(day), '1']);
  return success({
    meta: {
      ...identity(watched),
      category: categoryNames[watched.category],
      category_id: watched.category,
      ...(last === undefined ? {} : { last_detected_time: epochOf(last), last_detected_timestamp: utcStamp(last) }),
      total_occurences: String(occurrences.length),
    },
    chart_data: { '1': days(1), '2': days(2), '3': days(3) },
  });
};

export const anomalyRoutes = (world: World): SandboxRoute[] => {
  const watch = new AnomalyWatch(world);
  const watchedOf = (request: SandboxRequest) =>
    watchList.find((watched) => watched.id === request.query.get('anomaly_id'));

  const ranged = (
    path: string,
    answer: (found: readonly Occurrence[], request: SandboxRequest, first: string, last: string) => SandboxReply,
  ): SandboxRoute => ({
    method: 'GET',
    path: `${root}${path}`,
    handle: (request) => {
      const range = rangeOfQuery(request);
      if (isReply(range)) return range;
      const { start_date: first, end_date: last } = world.asked(range);
      return answer(watch.between(first, last), request, first, last);
    },
  });
  const ofOne = (
    path: string,
    answer: (watched: Watched, found: readonly Occurrence[]) => SandboxReply,
  ): SandboxRoute =>
    ranged(path, (found, request) => {
      const watched = watchedOf(request);
      if (watched === undefined) return notFound();
      return answer(
        watched,
        found.filter((occurrence) => occurrence.watched === watched),
      );
    });
  const occurrence = (path: string, answer: (found: Occurrence) => SandboxReply): SandboxRoute => ({
    method: 'GET',
    path: `${root}/list/details/${path}`,
    handle: (request) => {
      const detected = request.query.get('detected_time') ?? '';
      if (!/^\d{13}$/.test(detected)) return badRequest();
      const day = dayOfInstant(Number(detected));
      const found = watch.between(day, day).find((each) => each.watched === watchedOf(request));
      return found === undefined ? notFound() : answer(found);
    },
  });

  return [
    ranged('', (found, request) => {
      const status = statusOfQuery(request.query.get('status'));
      return summary(found.filter((each) => each.status === status));
    }),
    ranged('/list', (found, request, first, last) => {
      const status = statusOfQuery(request.query.get('status'));
      const category = request.query.get('category');
      if (!/^\d+$/.test(category ?? '')) return badRequest();
      return list(
        found.filter((each) => each.status === status && String(each.watched.category) === category),
        first,
        last,
      );
    }),
    ofOne('/list/data', (watched, found) =>
      success({
        anomaly_name: watched.name,
        anomalies: found.map((each) => ({
          ...details(each),
          anomaly_status: statusNames[each.status - 1],
          deviation_percentage: deviationOf(each),
        })),
      }),
    ),
    ofOne('/list/chart', chart),
    ofOne('/list/similar', (watched, found) => {
      const days = new Set(found.map((each) => each.day));
      const first = [...days].sort()[0] ?? world.today();
      const others = watch.between(first, world.today()).filter((each) => days.has(each.day));
      const similar = [...byWatched(others).keys()].filter((each) => each !== watched);
      return success({
        similar_anomalies: similar.map(({ id, name, category }) => ({ anomaly_name: name, category, anomaly_id: id })),
      });
    }),
    occurrence('meta', (found) =>
      success({
        info: {
          ...identity(found.watched),
          ...details(found),
          anomaly_status: statusNames[found.status - 1]?.toUpperCase(),
          deviation_percent: deviationOf(found),
        },
      }),
    ),
    occurrence('rca', (found) => rootCause(world, found)),
  ];
};
