import { type Day, dayNumber, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, multiply } from '../../../src/domain/decimal.ts';
import { productOf } from './costs.ts';
import { numberText } from './replies.ts';
import type { Variants } from './variants.ts';
import { groupBy, totalOf, type Usage } from './world.ts';

export type Bucketing = 'daily' | 'monthly';

interface Plotted {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

const byInstance = ({ instance }: Usage): Plotted => ({ id: instance.id, name: instance.name, type: instance.type });
const byProduct = (entry: Usage): Plotted => {
  const product = productOf(entry, false);
  return { id: product, name: product, type: entry.lineItem.type };
};

const secondsOf = (day: Day): number => dayNumber(day) * 86_400;
const hundred = decimal('100');

const chart = (
  usage: readonly Usage[],
  bucketing: Bucketing,
  plotted: (entry: Usage) => Plotted,
  variants: Variants,
) => {
  const counted = variants.has('charts-differ')
    ? usage.filter(({ lineItem }) => !lineItem.type.startsWith('data_'))
    : usage;
  const shownTotal = (part: readonly Usage[]) =>
    numberText(variants.has('charts-hundredfold') ? multiply(totalOf(part), hundred) : totalOf(part));
  const buckets = groupBy(counted, ({ day }) => (bucketing === 'daily' ? day : monthStart(monthOf(day))));
  return {
    data: [...buckets].map(([start, bucket]) => ({
      timestamp: secondsOf(start) * (variants.has('milliseconds') ? 1_000 : 1),
      values: [...groupBy(bucket, (entry) => JSON.stringify(plotted(entry))).values()].flatMap((part) => {
        const first = part[0];
        if (first === undefined) return [];
        const { id, ...about } = plotted(first);
        return [{ id, ...(variants.has('sparse') ? {} : about), value: shownTotal(part) }];
      }),
    })),
  };
};

/** One value per instance. */
export const organizationChart = (usage: readonly Usage[], bucketing: Bucketing, variants: Variants) =>
  chart(usage, bucketing, byInstance, variants);
/** One value per product and line item type. */
export const instanceChart = (usage: readonly Usage[], bucketing: Bucketing, variants: Variants) =>
  chart(usage, bucketing, byProduct, variants);
