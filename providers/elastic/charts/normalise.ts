import { type Day, dayOfInstant } from '../../../src/domain/day.ts';
import { add, type Decimal, zero } from '../../../src/domain/decimal.ts';
import { decode, decodeItems, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import { bucketSchema, chartSchema, valueSchema } from './wire.ts';

/** What a chart says of one instance on one day. Its unit is in no document. */
export interface ChartValue {
  readonly day: Day;
  /** Null where the chart names none. */
  readonly id: string | null;
  readonly name: string | null;
  readonly value: Decimal;
}

export interface ChartReading {
  readonly values: readonly ChartValue[];
  readonly faults: readonly ReadingFault[];
}

/** The values of the days from `start` up to but not including `end`. */
export const readChart = (json: unknown, start: Day, end: Day): ChartReading => {
  const buckets = decodeItems(bucketSchema, decode(chartSchema, json, 'the chart of all instances').data, 'data');
  const faults = [...buckets.faults];
  const values = buckets.items.flatMap((bucket): ChartValue[] => {
    const day = dayOfInstant(bucket.timestamp);
    if (day < start || day >= end) return [];
    const read = decodeItems(valueSchema, bucket.values ?? [], `${day}:values`);
    faults.push(...read.faults);
    return read.items.map(({ id, name, value }) => ({ day, id: id ?? null, name: name ?? null, value }));
  });
  return { values, faults };
};

/** The sum of each instance; the empty id stands for values without one. */
export const totalsById = (
  values: Iterable<{ readonly id: string | null; readonly value: Decimal }>,
): Map<string, Decimal> => {
  const totals = new Map<string, Decimal>();
  for (const { id, value } of values) totals.set(id ?? '', add(totals.get(id ?? '') ?? zero, value));
  return totals;
};
