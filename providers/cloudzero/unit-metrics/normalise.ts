import { addDays, monthEnd, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { UnitQuantity } from '../../../src/domain/unit-cost.ts';
import { decode, decodeItems, type Reading } from '../../../src/vendor/kit/index.ts';
import { utcTime } from '../telemetry/instants.ts';
import { recordsMax } from './requests.ts';
import { metricRecordSchema, recordListSchema } from './wire.ts';

/**
 * What a stream counted, by day or by month. The vendor shows the latest records only: where there are as many as it
 * shows at most, others may be missing.
 */
export const metricQuantities = (json: unknown, stream: string): Reading<UnitQuantity> => {
  const where = `unit metric ${stream}`;
  const listed = decode(recordListSchema, json, where);
  const { items, faults } = decodeItems(metricRecordSchema, listed, `${where} records`);
  const cut =
    listed.length < recordsMax ? [] : [{ path: where, message: `shows only its latest ${recordsMax} records` }];
  return {
    items: items.map(({ timestamp, granularity, value }) => {
      const day = utcTime(timestamp).slice(0, 10);
      const month = monthOf(day);
      const span =
        granularity === 'MONTHLY'
          ? { start: monthStart(month), end: monthEnd(month) }
          : { start: day, end: addDays(day, 1) };
      return { ...span, value: decimalText(decimal(value)) };
    }),
    notes: [],
    faults: [...faults, ...cut],
  };
};
