import { z } from 'zod';
import { idText } from '../../../src/vendor/kit/index.ts';
import {
  currencyCode,
  emptyValue,
  entriesOrEmpty,
  epochMilliseconds,
  exactAmount,
  groupName,
  isRecord,
  leadingDay,
  listUnder,
} from '../wire.ts';

export const anomalySummarySchema = z.object({
  data: z.union([z.object({ summary_data: entriesOrEmpty }), emptyValue.transform(() => ({ summary_data: [] }))]),
});
export const anomalyListSchema = z.object({
  data: z.union([z.object({ anomalies: entriesOrEmpty }), emptyValue.transform(() => ({ anomalies: [] }))]),
});
export const watchedSchema = z.object({
  anomaly_id: idText.nullish(),
  anomaly_name: z.string(),
  cost_account_name: z.string().nullish(),
});
/** A check that found nothing has an empty text for its anomaly id. */
export const checkAnomalySchema = z.object({
  checks_name: z.string(),
  account_type: z.literal([0, 1, 2, '0', '1', '2']).transform(Number),
  account_id: idText.nullish(),
  anomaly_id: z
    .union([z.literal('').transform(() => null), idText])
    .nullish()
    .transform((id) => id ?? null),
});
export const anomalyDataSchema = z.object({ data: listUnder('anomalies') });
/** One of the vendor's words or codes, in any case, as the word of ours that it means. */
const wordFrom = <Word extends string>(table: Readonly<Record<string, Word>>) => {
  const known = new Map(Object.entries(table));
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const word = known.get(String(value).trim().toLowerCase());
    if (word === undefined) context.addIssue(`is none of ${[...known.keys()].join(', ')}`);
    return word ?? z.NEVER;
  });
};
const anomalyStatus = wordFrom({
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
    anomaly_level: wordFrom({ low: 'low', medium: 'medium', high: 'high', critical: 'high' }),
    anomaly_type: wordFrom({ upper: 'increase', lower: 'decrease' }),
    status: anomalyStatus,
    expected_value: exactAmount,
    value: exactAmount,
    currency_code: currencyCode,
  }),
);

/** One anomaly: what it is, what caused it, what else moved. All parts of the causes are optional. */

export const anomalyMetaSchema = z.object({
  data: z.object({
    info: z.object({ expected_value: exactAmount, value: exactAmount, currency_code: currencyCode }),
  }),
});

const resource = {
  id: idText,
  name: groupName,
  alias: groupName,
  service: groupName,
  region: groupName,
  cloud_account_name: groupName,
};
export const newResourcesSchema = z.array(z.object({ ...resource, cost: exactAmount }));
export const topResourcesSchema = z.array(
  z.object({ ...resource, anomaly_period_cost: exactAmount, cost_diff: exactAmount.nullish() }),
);

/** Lists by cost account. */
const byAccount = z.object({ resources: entriesOrEmpty.nullish() }).nullish();
const series = z.array(z.tuple([leadingDay, exactAmount], z.unknown())).nullish();
export const anomalyCausesSchema = z.object({
  data: z.object({
    currency_code: currencyCode,
    resources: z.object({ new_resources: byAccount, top_resources: byAccount }).nullish(),
    history: z.object({ historical_cost: series, forecast_cost: series }).nullish(),
  }),
});
export type AnomalyCauses = z.output<typeof anomalyCausesSchema>['data'];

export const similarAnomaliesSchema = z.object({
  data: z.union([
    z.object({
      similar_anomalies: z.array(
        z.object({
          anomaly_id: idText,
          anomaly_name: z.string(),
          category: z.union([z.string(), z.number()]).nullish(),
        }),
      ),
    }),
    emptyValue.transform(() => ({ similar_anomalies: [] })),
  ]),
});
