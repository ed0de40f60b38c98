import { addDays } from '../../../src/domain/day.ts';
import type { CommitmentSource, Note, Session } from '../../../src/vendor/kit/index.ts';
import { costAccounts } from '../accounts/cost-accounts.ts';
import { dateRange } from '../end-date.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { readPart } from '../partial.ts';
import { reservationsRequest } from '../recommendations/requests.ts';
import type { DateRange } from '../requests.ts';
import { reservationsOf, reservedProducts } from './normalise.ts';
import { reservationPlansRequest } from './requests.ts';

const concurrencyMax = 4;
const gcp = 2;
/** A list of reservations requires a range. */
const lookBackDays = 30;

const notes: readonly Note[] = [
  {
    code: 'reservations-only',
    message:
      'CloudSpend lists reservations of AWS and Azure; savings plans, and what is committed to in Google Cloud, are in none of its lists.',
  },
  {
    code: 'figures-of-product',
    message:
      'CloudSpend tells utilisation and coverage of all reservations of a product together, and no cost of a reservation.',
  },
];

const productsOf = (session: Session, accountId: string) =>
  readPart(`reservation summary ${accountId}`, async () => {
    const { items, faults } = reservedProducts((await session.call(reservationsRequest(accountId))).json, accountId);
    return { items: items.map((product) => ({ accountId, product })), faults };
  });

const plansOf = (
  session: Session,
  { accountId, product }: Awaited<ReturnType<typeof productsOf>>['items'][number],
  range: DateRange,
) =>
  readPart(`reservations ${accountId} ${product.id}`, async () =>
    reservationsOf(
      (await session.call(reservationPlansRequest(accountId, product.id, range))).json,
      accountId,
      product,
    ),
  );

export const commitments: CommitmentSource = {
  list: async (session) => {
    const accounts = await costAccounts(session);
    const reserving = accounts.items.filter(({ cloud }) => cloud !== gcp);
    const products = await mapConcurrently(reserving, concurrencyMax, ({ id }) => productsOf(session, id));
    const today = session.today();
    const range = await dateRange(session, addDays(today, -lookBackDays), today);
    const plans = await mapConcurrently(
      products.flatMap(({ items }) => items.filter(({ product }) => product.count > 0)),
      concurrencyMax,
      (each) => plansOf(session, each, range),
    );
    return {
      items: plans.flatMap(({ items }) => items),
      notes,
      faults: [...accounts.faults, ...[...products, ...plans].flatMap(({ faults }) => faults)],
    };
  },
};
