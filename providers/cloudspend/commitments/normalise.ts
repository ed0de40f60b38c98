import type { Commitment } from '../../../src/domain/commitment.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import { decode, decodeItems } from '../../../src/vendor/kit/index.ts';
import { printable } from '../failures.ts';
import { type Decoded, decodeEntry, distinctBy } from '../partial.ts';
import { reservationsSchema, reservedProductSchema } from '../recommendations/wire.ts';
import { planSchema, plansSchema } from './wire.ts';

/** A product of which an account has reservations, with what is known of all of them together. */
export interface ReservedProduct {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly utilisation: string | null;
  readonly coverage: string | null;
}

const percent = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : decimalText(decimal(text));

export const reservedProducts = (json: unknown, accountId: string): Decoded<ReservedProduct> => {
  const { opt_list: listed } = decode(reservationsSchema, json, 'reservation summary').data.return_data;
  const read = (listed ?? []).map(([name, value]) => {
    const where = `reservation summary ${accountId} opt_list.${printable(name)}`;
    const { items, faults } = decodeEntry(reservedProductSchema, value, where);
    return {
      faults,
      items: items.map((row) => ({
        id: row.opt_prod_id,
        name: printable(name),
        count: row.opt_count,
        utilisation: percent(row.opt_utilization),
        coverage: percent(row.opt_coverage),
      })),
    };
  });
  return { items: read.flatMap(({ items }) => items), faults: read.flatMap(({ faults }) => faults) };
};

/** The reservations of one product. None at all is a fault where the summary has counted some. */
export const reservationsOf = (json: unknown, accountId: string, product: ReservedProduct): Decoded<Commitment> => {
  const where = `reservations ${accountId} ${product.id}`;
  const { utility_data: listed } = decode(plansSchema, json, where).data.return_data;
  const rows = decodeItems(planSchema, listed, `${where} utility_data`);
  const plans = distinctBy(rows.items, ({ id }) => id, where);
  const lacking =
    listed.length === 0 && product.count > 0 ? [{ path: where, message: `lists none of ${product.count}` }] : [];
  return {
    faults: [...rows.faults, ...plans.faults, ...lacking],
    items: plans.items.map((plan) => ({
      nativeId: `${accountId}:${product.id}:${plan.id}`,
      kind: 'reservation',
      name: printable(plan.name ?? `${product.name} ${plan.subscription ?? plan.id}`),
      scope: { account: accountId, ...(plan.region === null ? {} : { region: plan.region }) },
      start: plan.start,
      end: plan.end,
      coveragePercent: product.coverage,
      utilisationPercent: product.utilisation,
      percentagesOf: 'product',
      cost: null,
      savings: null,
    })),
  };
};
