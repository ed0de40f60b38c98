import { z } from 'zod';
import { idText } from '../../src/vendor/kit/index.ts';
import { currencyCode, exactAmount, groupName, keyedOrNone, leadingDay } from './wire.ts';

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
const byAccount = z.object({ resources: keyedOrNone.nullish() }).nullish();
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
    z.object({ similar_anomalies: z.array(z.object({ anomaly_id: idText, anomaly_name: z.string() })) }),
    z.union([z.strictObject({}), z.array(z.never())]).transform(() => ({ similar_anomalies: [] })),
  ]),
});
