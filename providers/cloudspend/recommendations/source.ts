import { addDays } from '../../../src/domain/day.ts';
import type { Recommendation } from '../../../src/domain/nouns.ts';
import type { RecommendationSource, Session } from '../../../src/vendor/kit/index.ts';
import { costAccounts } from '../accounts/cost-accounts.ts';
import { inDisplayCurrency } from '../display-currency.ts';
import { dateRange } from '../end-date.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { type Decoded, readPart } from '../partial.ts';
import { type Account, guidanceNotes, reservationAdvice, savingsDays, savingsOf } from './normalise.ts';
import { guidancesRequest, reservationsRequest, savingsRequest } from './requests.ts';

const concurrencyMax = 4;
const gcp = 2;

const recommendationsOfAccount = async (
  session: Session,
  account: Account,
  currency: string,
): Promise<Decoded<Recommendation>> => {
  const { id, cloud, children } = account;
  const today = session.today();
  const parts = [
    cloud === gcp
      ? { items: [], faults: [] }
      : await readPart(`reservation summary ${id}`, async () =>
          reservationAdvice((await session.call(reservationsRequest(id))).json, account),
        ),
    children.length === 0
      ? { items: [], faults: [] }
      : await readPart(`savings ${id}`, async () => {
          const billing = children.map((child) => child.id);
          const range = await dateRange(session, addDays(today, -savingsDays), today);
          const { json } = await session.call(savingsRequest(id, billing, range));
          return savingsOf(json, account, currency);
        }),
  ];
  return { items: parts.flatMap((part) => part.items), faults: parts.flatMap((part) => part.faults) };
};

export const recommendations: RecommendationSource = {
  list: async (session) => {
    const accounts = await costAccounts(session);
    const read = await inDisplayCurrency(session, (currency) =>
      mapConcurrently(accounts.items, concurrencyMax, (account) =>
        recommendationsOfAccount(session, account, currency),
      ),
    );
    const guidances = await readPart('guidances', async () => ({
      items: guidanceNotes((await session.call(guidancesRequest())).json),
      faults: [],
    }));
    return {
      items: read.flatMap((each) => each.items),
      notes: guidances.items,
      faults: [...accounts.faults, ...read.flatMap((each) => each.faults), ...guidances.faults],
    };
  },
};
