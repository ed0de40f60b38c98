import { addDays } from '../../src/domain/day.ts';
import { compare, decimal, decimalText, divide, isZero, subtract } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Recommendation } from '../../src/domain/nouns.ts';
import { decode, decodeItems, type Note, type RecommendationSource, type Session } from '../../src/vendor/kit/index.ts';
import { decodeEntry } from './decode-entry.ts';
import { type CostAccounts, costAccounts, inDisplayCurrency, tolerant } from './facts.ts';
import { printable } from './failures.ts';
import { inTurn } from './in-turn.ts';
import type { Decoded } from './normalise.ts';
import { readGuidances, readReservations, readSavings } from './requests.ts';
import {
  guidancesSchema,
  reservationsSchema,
  reservedProductSchema,
  savedSchemas,
  savingsSchema,
} from './wire-savings.ts';

type Account = CostAccounts['items'][number];

const width = 4;
const gcp = 2;
/** A reservation that is used less than this is money for nothing. */
const utilisationMin = decimal('80');
const savingsDays = 30;

const onePlace = (text: string): string => decimalText(divide(decimal(text), decimal('1'), 1) ?? decimal('0'));

/** What the summary of an account's reservations advises: those that are little used, and those that run out. */
export const reservationAdvice = (json: unknown, account: Pick<Account, 'id' | 'name'>): Decoded<Recommendation> => {
  const { opt_list: listed } = decode(reservationsSchema, json, 'reservation summary').data.return_data;
  const rows = (listed ?? []).map(([product, value]) => ({
    product: printable(product),
    read: decodeEntry(reservedProductSchema, value, `reservation summary ${account.id} opt_list.${printable(product)}`),
  }));
  const items = rows.flatMap(({ product, read }) =>
    read.items.flatMap((row): Recommendation[] => {
      const advice = (reason: string, title: string, description: string): Recommendation => ({
        nativeId: `reservation-${reason}:${account.id}:${row.opt_prod_id}`,
        title,
        description,
        category: 'reservations',
        status: 'open',
        effort: 'unknown',
        savings: null,
        scope: { account: account.id },
        link: null,
      });
      const used = row.opt_utilization ?? null;
      const owner = `${product} in ${printable(account.name)}`;
      const found: Recommendation[] = [];
      if (row.opt_count > 0 && used !== null && compare(decimal(used), utilisationMin) < 0) {
        const title = `Reservations for ${owner} are used to ${onePlace(used)} %`;
        found.push(advice('utilisation', title, 'What is reserved beyond what runs is paid for nothing.'));
      }
      const expiring = row.expiry_count ?? 0;
      if (expiring > 0) {
        const title = `${expiring} of ${row.opt_count} reservations for ${owner} run out soon`;
        found.push(advice('expiry', title, 'What they cover will be billed on demand afterwards.'));
      }
      return found;
    }),
  );
  return { items, faults: rows.flatMap(({ read }) => read.faults) };
};

/** What commitments and discounts saved: no advice, but what they are worth keeping for. */
export const savingsOf = (
  json: unknown,
  account: Pick<Account, 'id' | 'cloud'>,
  currency: string,
): Decoded<Recommendation> => {
  const schema = savedSchemas[account.cloud] ?? savedSchemas[0];
  const { savings_data: listed } = decode(savingsSchema, json, 'savings').data.return_data;
  const rows = decodeItems(schema, listed, `savings ${account.id} savings_data`);
  return {
    faults: rows.faults,
    items: rows.items.flatMap((row): Recommendation[] => {
      const savings = subtract(decimal(row.without), decimal(row.paid));
      if (isZero(savings)) return [];
      return [
        {
          nativeId: `savings:${row.id}`,
          title: `Commitments and discounts of ${printable(row.name)} over ${savingsDays} days`,
          description: 'The difference between what was paid and what would have been paid without them.',
          category: 'savings',
          status: 'realised',
          effort: 'unknown',
          savings: money(savings, currency),
          scope: { account: row.id },
          link: null,
        },
      ];
    }),
  };
};

const guidanceNotes = (json: unknown): Note[] => {
  const count = decode(guidancesSchema, json, 'guidances').data.guidanceList?.length ?? 0;
  return count === 0
    ? []
    : [
        {
          code: 'guidances-unread',
          message: `CloudSpend shows ${count} guidances, in a form that is not documented; they are left out.`,
        },
      ];
};

const ofAccount = async (session: Session, account: Account, currency: string): Promise<Decoded<Recommendation>> => {
  const { id, cloud, children } = account;
  const today = session.today();
  const parts = [
    cloud === gcp
      ? { items: [], faults: [] }
      : await tolerant(`reservation summary ${id}`, async () =>
          reservationAdvice((await session.call(readReservations(id))).json, account),
        ),
    children.length === 0
      ? { items: [], faults: [] }
      : await tolerant(`savings ${id}`, async () => {
          const billing = children.map((child) => child.id);
          const { json } = await session.call(readSavings(id, billing, addDays(today, -savingsDays), today));
          return savingsOf(json, account, currency);
        }),
  ];
  return { items: parts.flatMap((part) => part.items), faults: parts.flatMap((part) => part.faults) };
};

export const recommendations: RecommendationSource = {
  list: async (session) => {
    const accounts = await costAccounts(session);
    const read = await inDisplayCurrency(session, (currency) =>
      inTurn(accounts.items, width, (account) => ofAccount(session, account, currency)),
    );
    const guidances = await tolerant('guidances', async () => ({
      items: guidanceNotes((await session.call(readGuidances())).json),
      faults: [],
    }));
    return {
      items: read.flatMap((each) => each.items),
      notes: guidances.items,
      faults: [...accounts.faults, ...read.flatMap((each) => each.faults), ...guidances.faults],
    };
  },
};
