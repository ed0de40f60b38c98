import { z } from 'zod';
import { type Day, readDay } from '../../src/domain/day.ts';
import { isDecimal } from '../../src/domain/decimal-notation.ts';
import { readCurrency } from '../../src/domain/money.ts';
import { amountText } from '../../src/vendor/kit/index.ts';

/** What is read of the vendor's answers, and nothing else. Envelopes are judged whole, rows one by one. */

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An amount that can be kept to the last digit: `1e400` and the like are refused, not rounded. */
export const exactAmount = amountText.refine(isDecimal, 'is no finite decimal');

/** An object whose keys are data: names of services, ids, `__proto__`. */
const entries = z
  .custom<Record<string, unknown>>(isRecord, 'is no object')
  .transform((value): [string, unknown][] => Object.entries(value));
/** "There is none", as this vendor writes it where something keyed or nested would stand. */
export const emptyValue = z.union([z.strictObject({}), z.array(z.never())]);

export const entriesOrEmpty = z.union([z.array(z.never()).transform((): [string, unknown][] => []), entries]);
/** A list that stands there itself or under `name`; `{}` means that it is empty. */
export const listUnder = (name: string) =>
  z.union([
    z.array(z.unknown()),
    z.object({ [name]: z.array(z.unknown()).nullable() }).transform((value) => value[name] ?? []),
    emptyValue.transform((): unknown[] => []),
  ]);

/** A name that costs are grouped by; the vendor writes "none" as an empty text. */
export const groupName = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || String(value).trim() === '' ? null : String(value)));

export const currencyCode = z.string().transform((text, context) => {
  const currency = readCurrency(text);
  if (currency === null) context.addIssue('is no ISO 4217 currency code');
  return currency ?? z.NEVER;
});

const dayText = (text: string, context: z.RefinementCtx): Day => {
  const day = readDay(text);
  if (day === null) context.addIssue('does not begin with a calendar day');
  return day ?? z.NEVER;
};
/** The calendar day of a timestamp such as `2026-01-01T00:00:00+0530`: its first ten characters, whatever the offset. */
export const leadingDay = z.string().transform((text, context) => dayText(text.slice(0, 10), context));

/** Epoch milliseconds as text or number; ten digits are seconds. Between 1990 and 2100. */
export const epochMilliseconds = z
  .union([z.string().regex(/^\d{9,14}$/, 'is no epoch'), z.number().int().nonnegative()])

  .transform(Number)
  .transform((value) => (value < 100_000_000_000 ? value * 1000 : value))
  .refine((value) => value > 631_152_000_000 && value < 4_102_444_800_000, 'is not between 1990 and 2100');

export const displayCurrencySchema = z.object({ data: z.object({ display_currency: currencyCode }) });

export const availableRangeSchema = z.object({
  data: z.object({ max_date: leadingDay.nullish().catch(null), min_date: leadingDay.nullish().catch(null) }),
});

export const overallCostSchema = z.object({ data: z.object({ overall_data: z.object({ total_cost: exactAmount }) }) });

export const sankeySchema = z.object({ data: listUnder('data') });
/** `[cloud, category, region, service, amount]` */
export const sankeyRowSchema = z.tuple([groupName, groupName, groupName, groupName, exactAmount], z.unknown());

export const trendSchema = z.object({
  data: z.object({
    trend_values: z.union([
      z.object({ mode: z.union([z.number(), z.string()]).nullish(), values: entriesOrEmpty }),
      emptyValue.transform((): { mode?: null; values: [string, unknown][] } => ({ values: [] })),
    ]),
  }),
});
export const trendPointSchema = z
  .tuple([z.string(), exactAmount], z.unknown())
  .transform(([stamp, amount], context) => ({ stamp, amount, day: dayText(stamp.slice(0, 10), context) }));

const successWithoutData = z.object({ code: z.union([z.literal(0), z.literal('0')]), data: emptyValue.nullish() });
/** A list at `data`; a success without any says that it is empty. */
export const listAtData = z.union([
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  successWithoutData.transform((): unknown[] => []),
]);
