import { compare, decimal, decimalText, divide, isZero, subtract } from '../../../src/domain/decimal.ts';
import { money } from '../../../src/domain/money.ts';
import type { Recommendation } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type Note } from '../../../src/vendor/kit/index.ts';
import type { CostAccounts } from '../accounts/normalise.ts';
import { printable } from '../failures.ts';
import { type Decoded, decodeEntry } from '../partial.ts';
import { guidancesSchema, reservationsSchema, reservedProductSchema, savedSchemas, savingsSchema } from './wire.ts';

export type Account = CostAccounts['items'][number];
/** Reservations with a lower utilisation in percent are recommended for review. */
const utilisationMin = decimal('80');
export const savingsDays = 30;

const onePlace = (text: string): string => decimalText(divide(decimal(text), decimal('1'), 1) ?? decimal('0'));

/** Recommendations for reservations of an account that are little used or expire soon. */
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
        found.push(advice('utilisation', title, 'Reserved capacity is paid for even where it is not used.'));
      }
      const expiring = row.expiry_count ?? 0;
      if (expiring > 0) {
        const title = `${expiring} of ${row.opt_count} reservations for ${owner} run out soon`;
        found.push(advice('expiry', title, 'What they cover will be billed at on-demand prices afterwards.'));
      }
      return found;
    }),
  );
  return { items, faults: rows.flatMap(({ read }) => read.faults) };
};

/** What commitments and discounts saved, as realised savings; it is not advice. */
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

export const guidanceNotes = (json: unknown): Note[] => {
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
