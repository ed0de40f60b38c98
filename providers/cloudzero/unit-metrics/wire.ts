import { z } from 'zod';
import { isDecimal } from '../../../src/domain/decimal-notation.ts';
import { amountText } from '../../../src/vendor/kit/index.ts';
import { isIsoTime } from '../telemetry/instants.ts';

/** The vendor does not describe the answer: its records are read as they are sent, in a list or under `records`. */
export const recordListSchema = z.union([
  z.array(z.unknown()),
  z.object({ records: z.array(z.unknown()) }).transform(({ records }) => records),
]);

export const metricRecordSchema = z.object({
  timestamp: z.string().refine(isIsoTime, 'is no time in ISO 8601'),
  granularity: z.enum(['DAILY', 'MONTHLY']).nullish(),
  value: amountText.refine(isDecimal, 'is no finite decimal'),
});
