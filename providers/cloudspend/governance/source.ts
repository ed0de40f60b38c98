import { addDays } from '../../../src/domain/day.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Note, PolicySource, Session } from '../../../src/vendor/kit/index.ts';
import { dateRange } from '../end-date.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { type Decoded, distinctBy, readPart } from '../partial.ts';
import { accountTypes } from '../requests.ts';
import { disabledReport, governancePolicies, taggingPolicy, taggingReports } from './normalise.ts';
import { governanceRequest, taggingReportsRequest, taggingSummaryRequest } from './requests.ts';

const concurrencyMax = 3;
/** The list requires a range. */
const lookBackDays = 30;

const notes: readonly Note[] = [
  {
    code: 'default-tagging-reports-unread',
    message: 'CloudSpend describes the answers of custom reports on tags only; its own reports by cloud are left out.',
  },
];

const governance = async (session: Session): Promise<readonly Decoded<Policy>[]> => {
  const today = session.today();
  const range = await dateRange(session, addDays(today, -lookBackDays), addDays(today, 1));
  return mapConcurrently(accountTypes, concurrencyMax, (type) =>
    readPart(`governance dashboard ${type}`, async () =>
      governancePolicies(
        (await session.call(governanceRequest(type, range))).json,
        `governance dashboard ${type} data`,
      ),
    ),
  );
};

const tagging = async (session: Session): Promise<readonly Decoded<Policy>[]> => {
  const reports = await readPart('tagging reports', async () =>
    taggingReports((await session.call(taggingReportsRequest())).json),
  );
  const read = await mapConcurrently(reports.items, concurrencyMax, (each) =>
    each.disabled
      ? Promise.resolve({ items: [disabledReport(each)], faults: [] })
      : readPart(`tagging summary ${each.id}`, async () => ({
          items: [taggingPolicy((await session.call(taggingSummaryRequest(each.id))).json, each)],
          faults: [],
        })),
  );
  return [{ items: [], faults: reports.faults }, ...read];
};

export const policies: PolicySource = {
  list: async (session) => {
    const parts = [...(await governance(session)), ...(await tagging(session))];
    // A filter of this vendor does not always filter, so a check may stand in several lists.
    const { items, faults } = distinctBy(
      parts.flatMap((part) => part.items),
      ({ nativeId }) => nativeId,
      'policies',
    );
    return { items, notes, faults: [...parts.flatMap((part) => part.faults), ...faults] };
  },
};
