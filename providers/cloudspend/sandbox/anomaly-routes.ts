import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { AnomalyWatch, type Occurrence, statusCodes, statusNames, watchList } from './anomalies.ts';
import { byWatched, identity, occurrenceRoutes } from './occurrence-routes.ts';
import { badRequest, epochOf, isReply, longDay, rangeOfQuery, success, utcStamp } from './wire.ts';
import type { World } from './world.ts';

const root = '/cs/api/reports/anomaly/summary';

/** The API uses both `1` and `open` for the same status. */
const statusOfQuery = (text: string | null): number => {
  const named = new Map<string | null, number>(statusCodes.map((name, index) => [name, index + 1]));
  return named.get(text) ?? Number(text);
};

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

export const anomalyRoutes = (world: World): SandboxRoute[] => {
  const watch = new AnomalyWatch(world);
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
    ...occurrenceRoutes(world, `${root}/list`, (id) => {
      const watched = watchList.find((each) => each.id === id);
      return watched === undefined ? null : { watched, watch };
    }),
  ];
};
