import { type Day, dayNumber, monthOf, monthStart } from '../../../src/domain/day.ts';
import { productOf } from './costs.ts';
import { numberText } from './replies.ts';
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

/** Seconds since 1970. */
const timestamp = (day: Day): number => dayNumber(day) * 86_400;

const chart = (usage: readonly Usage[], bucketing: Bucketing, plotted: (entry: Usage) => Plotted) => ({
  data: [...groupBy(usage, ({ day }) => (bucketing === 'daily' ? day : monthStart(monthOf(day))))].map(
    ([start, bucket]) => ({
      timestamp: timestamp(start),
      values: [...groupBy(bucket, (entry) => JSON.stringify(plotted(entry))).values()].flatMap((part) => {
        const first = part[0];
        return first === undefined ? [] : [{ ...plotted(first), value: numberText(totalOf(part)) }];
      }),
    }),
  ),
});

/** One value per instance. */
export const organizationChart = (usage: readonly Usage[], bucketing: Bucketing) => chart(usage, bucketing, byInstance);
/** One value per product and line item type. */
export const instanceChart = (usage: readonly Usage[], bucketing: Bucketing) => chart(usage, bucketing, byProduct);
