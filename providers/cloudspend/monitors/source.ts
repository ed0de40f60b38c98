import { addDays } from '../../../src/domain/day.ts';
import type { MonitorSource } from '../../../src/vendor/kit/index.ts';
import { dateRange } from '../end-date.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { distinctBy } from '../partial.ts';
import { accountTypes } from '../requests.ts';
import { checksOf } from './normalise.ts';
import { checksRequest } from './requests.ts';
import { monitorWrites } from './writes.ts';

const concurrencyMax = 3;
/** The list requires a range for its counts, which are not read. It has all checks, whatever the range. */
const lookBackDays = 30;

export const monitors: MonitorSource = {
  list: async (session) => {
    const today = session.today();
    const range = await dateRange(session, addDays(today, -lookBackDays), addDays(today, 1));
    const lists = await mapConcurrently(accountTypes, concurrencyMax, async (type) => {
      const request = checksRequest(type, range);
      return checksOf((await session.call(request)).json, `anomaly dashboard ${type} data`);
    });
    const { items, faults } = distinctBy(
      lists.flatMap((list) => list.items),
      (check) => check.nativeId,
      'anomaly dashboard',
    );
    const message =
      'CloudSpend does not list the sensitivity and minimum impact of a check; they are shown as medium and none.';
    return {
      items,
      notes: items.length === 0 ? [] : [{ code: 'sensitivity-unknown', message }],
      faults: [...lists.flatMap((list) => list.faults), ...faults],
    };
  },
  writes: monitorWrites,
};
