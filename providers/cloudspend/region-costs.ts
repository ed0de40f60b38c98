import { z } from 'zod';
import type { Day } from '../../src/domain/day.ts';
import { absolute, compare, decimal, decimalText, multiply, subtract, sum } from '../../src/domain/decimal.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import { decode, decodeItems, type SourceCost } from '../../src/vendor/kit/index.ts';
import { roundingMax } from './fills/total.ts';
import { type Decoded, distinctBy } from './partial.ts';
import { emptyValue, exactAmount, groupName } from './wire.ts';

/** `0` holds the regions and `1` the services, which are not crossed; an account without cost has neither. */
const costWidgetsSchema = z.object({
  data: z.object({
    return_data: z.union([
      z.object({ '0': z.array(z.unknown()), '1': z.array(z.unknown()) }),
      emptyValue.transform(() => ({ '0': [], '1': [] })),
    ]),
  }),
});
const sumSchema = z.tuple([groupName, exactAmount], z.unknown());

export interface RegionContext {
  readonly dimensions: readonly Dimension[];
  readonly account: string;
  /** The cloud of the account. */
  readonly cloud: string | null;
  readonly currency: string;
  /** The day that the whole answer is booked under. */
  readonly day: Day;
}

/**
 * What each region cost, and one row without a region for what only the services have: charges without a region are not
 * in the list of regions. A difference that rounding explains is no row.
 */
export const regionCosts = (json: unknown, context: RegionContext): Decoded<SourceCost> => {
  const { dimensions, account, cloud, currency, day } = context;
  const where = `common_widget_api ${account} return_data`;
  const { '0': listedRegions, '1': listedServices } = decode(costWidgetsSchema, json, where).data.return_data;
  const read = (list: readonly unknown[], path: string) => {
    const rows = decodeItems(sumSchema, list, path);
    const distinct = distinctBy(rows.items, ([name]) => name ?? '', path);
    return { items: distinct.items, faults: [...rows.faults, ...distinct.faults] };
  };
  const regions = read(listedRegions, `${where}.0`);
  const services = read(listedServices, `${where}.1`);
  const faults = [...regions.faults, ...services.faults];
  const row = (region: string | null, amount: string): SourceCost => {
    const cells: Readonly<Partial<Record<Dimension, string | null>>> = { account, cloud, region };
    return { day, values: dimensions.map((dimension) => cells[dimension] ?? null), amount, currency };
  };
  const items = regions.items.map(([region, amount]) => row(region, amount));
  // What is left over is known only where both lists could be read.
  if (faults.length > 0) return { items, faults };
  const added = (rows: readonly z.output<typeof sumSchema>[]) => sum(rows.map(([, amount]) => decimal(amount)));
  const rest = subtract(added(services.items), added(regions.items));
  const rounding = multiply(roundingMax, decimal(String(services.items.length + regions.items.length)));
  const isRounded = compare(absolute(rest), rounding) <= 0;
  return { items: isRounded ? items : [...items, row(null, decimalText(rest))], faults };
};
