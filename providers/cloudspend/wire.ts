import { z } from 'zod';
import { type Day, readDay } from '../../src/domain/day.ts';
import { parseDecimal } from '../../src/domain/decimal.ts';
import { readCurrency } from '../../src/domain/money.ts';
import { amountText, idText } from '../../src/vendor/kit/index.ts';

/** What is read of the vendor's answers, and nothing else. Envelopes are judged whole, rows one by one. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An amount that can be kept to the last digit: `1e400` and the like are refused, not rounded. */
export const exactAmount = amountText.refine((text) => parseDecimal(text) !== null, 'is no finite decimal');

/** An object whose keys are data: names of services, ids, `__proto__`. */
const keyed = z
  .custom<Record<string, unknown>>(isRecord, 'is no object')
  .transform((value): [string, unknown][] => Object.entries(value));
/** "There is none", as this vendor writes it where something keyed or nested would stand. */
const none = z.union([z.strictObject({}), z.array(z.never())]);

export const keyedOrNone = z.union([z.array(z.never()).transform((): [string, unknown][] => []), keyed]);
/** A list that stands there itself or under `name`; `{}` means that it is empty. */
export const listUnder = (name: string) =>
  z.union([
    z.array(z.unknown()),
    z.object({ [name]: z.array(z.unknown()).nullable() }).transform((value) => value[name] ?? []),
    none.transform((): unknown[] => []),
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
  .refine((value) => value > 631_152_000_000 && value < 4_102_444_800_000, 'is out of any reasonable time');

export const displayCurrencySchema = z.object({ data: z.object({ display_currency: currencyCode }) });

export const availableRangeSchema = z.object({
  data: z.object({ max_date: leadingDay.nullish().catch(null), min_date: leadingDay.nullish().catch(null) }),
});

export const accountsDataSchema = z.object({ data: z.object({ all_accounts: z.array(z.unknown()) }) });
const cloudNumbers = new Map([
  ['0', 0],
  ['1', 1],
  ['2', 2],
  ['AWS', 0],
  ['AZURE', 1],
  ['GCP', 2],
]);
const cloud = z.union([z.number(), z.string()]).transform((value, context) => {
  const number = cloudNumbers.get(String(value).toUpperCase());
  if (number === undefined) context.addIssue('is none of AWS (0), Azure (1) and GCP (2)');
  return number ?? z.NEVER;
});
export const costAccountSchema = z.object({
  cost_account_id: idText,
  account_name: z.string(),
  cloud_type: cloud,
  child_accounts: z.array(z.unknown()),
});
export const billingAccountSchema = z.object({ billing_account_id: idText, name: z.string() });

export const accountsOverviewSchema = z.object({
  data: z.object({
    all_accounts: z.object({
      processed_accounts: keyedOrNone.nullish(),
      processing_accounts: keyedOrNone.nullish(),
      suspended_accounts: keyedOrNone.nullish(),
      config_error_accounts: keyedOrNone.nullish(),
    }),
  }),
});
export const accountOverviewSchema = z.object({
  account_name: z.string(),
  total_current_month: exactAmount.nullish(),
  total_prev_month: exactAmount.nullish(),
  forecast_val: exactAmount.nullish(),
});

export const sankeySchema = z.object({ data: listUnder('data') });
/** `[cloud, category, region, service, amount]` */
export const sankeyRowSchema = z.tuple([groupName, groupName, groupName, groupName, exactAmount], z.unknown());

export const trendSchema = z.object({
  data: z.object({
    trend_values: z.union([
      z.object({ mode: z.union([z.number(), z.string()]).nullish(), values: keyedOrNone }),
      none.transform((): { mode?: null; values: [string, unknown][] } => ({ values: [] })),
    ]),
  }),
});
export const trendPointSchema = z
  .tuple([z.string(), exactAmount], z.unknown())
  .transform(([stamp, amount], context) => ({ stamp, amount, day: dayText(stamp.slice(0, 10), context) }));

const successWithout = z.object({ code: z.union([z.literal(0), z.literal('0')]), data: none.nullish() });
/** A list at `data`; a success without any says that it is empty. */
export const listAtData = z.union([
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
  successWithout.transform((): unknown[] => []),
]);

export const budgetSchema = z.object({
  budget_id: idText,
  budget_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
  period: z.string().min(1),
  budget_value: exactAmount,
  spending: exactAmount.nullish(),
  unit: z
    .union([z.number(), z.string()])
    .nullish()
    .refine(
      (unit) => unit === null || unit === undefined || Number(unit) === 1,
      'says that the limit is no amount of money',
    ),
  display_currency: currencyCode,
});
export const budgetInfoSchema = z.object({
  data: z.object({
    info: z.object({
      forecasted_val: exactAmount.nullish(),
      currency_code: currencyCode.nullish(),
      alert_configs: z
        .array(z.object({ notify_percentage: exactAmount }))
        .nullish()
        .catch(null),
    }),
    alerts: z.array(z.unknown()).nullish(),
  }),
});

export const anomalySummarySchema = z.object({
  data: z.union([z.object({ summary_data: keyedOrNone }), none.transform(() => ({ summary_data: [] }))]),
});
export const anomalyListSchema = z.object({
  data: z.union([z.object({ anomalies: keyedOrNone }), none.transform(() => ({ anomalies: [] }))]),
});
export const watchedSchema = z.object({
  anomaly_id: idText.nullish(),
  anomaly_name: z.string(),
  cost_account_name: z.string().nullish(),
});
export const anomalyDataSchema = z.object({ data: listUnder('anomalies') });
/** One of the vendor's words or codes, in any case, as the word of ours that it means. */
const meaning = <Word extends string>(table: Readonly<Record<string, Word>>) => {
  const known = new Map(Object.entries(table));
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const word = known.get(String(value).trim().toLowerCase());
    if (word === undefined) context.addIssue(`is none of ${[...known.keys()].join(', ')}`);
    return word ?? z.NEVER;
  });
};
const anomalyStatus = meaning({
  '1': 'open',
  '2': 'dismissed',
  '3': 'acknowledged',
  open: 'open',
  dismissed: 'dismissed',
  closed: 'dismissed',
  'false positive': 'dismissed',
  acknowledged: 'acknowledged',
});
/** The code tells the status; the word beside it does where the code is absent. */
const withStatus = (value: unknown): unknown =>
  isRecord(value) ? { ...value, status: value.anomaly_status_code ?? value.anomaly_status } : value;
export const anomalySchema = z.preprocess(
  withStatus,
  z.object({
    detected_time: epochMilliseconds,
    anomaly_level: meaning({ low: 'low', medium: 'medium', high: 'high', critical: 'high' }),
    anomaly_type: meaning({ upper: 'increase', lower: 'decrease' }),
    status: anomalyStatus,
    expected_value: exactAmount,
    value: exactAmount,
    currency_code: currencyCode,
  }),
);

export const exchangeMonthSchema = z.object({ month: z.string(), values: z.array(z.unknown()) });
export const exchangeRateSchema = z.object({
  base_currency: currencyCode,
  display_currency: currencyCode,
  exchange_rate: exactAmount.refine((text) => (parseDecimal(text)?.units ?? 0n) > 0n, 'is not above zero'),
  is_exchange_rate_input: z.boolean().nullish(),
});
