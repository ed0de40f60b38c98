import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import { ecuSchema } from '../wire.ts';

/** Later than any day in seconds, and earlier than any day of the vendor in milliseconds. */
const millisecondsFrom = 100_000_000_000;

export const chartSchema = z.object({ data: z.array(z.unknown()) });
export const bucketSchema = z.object({
  /** Seen in seconds and in milliseconds since 1970. */
  timestamp: z.int().transform((at) => (at < millisecondsFrom ? at * 1_000 : at)),
  values: z.array(z.unknown()).nullish(),
});
/** Every member may be missing; a value without `value` cannot be used. */
export const valueSchema = z.object({
  id: idText.nullish(),
  name: z.string().nullish().catch(null),
  value: ecuSchema,
});
