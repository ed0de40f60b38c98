import { z } from 'zod';
import { moneySchema } from './money.ts';
import {
  sourceAccountSchema,
  sourceAnomalyDetailSchema,
  sourceAnomalySchema,
  sourceBudgetSchema,
  sourceCostCenterSchema,
  sourceMonitorSchema,
  sourceRecommendationSchema,
  sourceRootCauseSchema,
} from './nouns.ts';

/** The nouns as callers get them: with their connection and with the values that the gateway computes. */

const text = z.string();
const managedBy = z.enum(['vendor', 'gateway']);
/** `id` is `<connection>:<native id>`. */
const owned = { id: text, provider: text, connection: text };

export const costRowSchema = z
  .object({
    start: z.string().meta({ format: 'date' }),
    end: z.string().meta({ format: 'date', description: 'Exclusive.' }),
    group: z.record(z.string(), z.string().nullable()).meta({ description: 'One value for each groupBy key.' }),
    labels: z
      .record(z.string(), z.string())
      .meta({ description: 'Names of the ids in `group`, where the vendor tells them.' }),
    cost: moneySchema,
    other: z.literal(true).optional().meta({ description: 'The sum of all groups beyond `top`.' }),
  })
  .meta({ id: 'CostRow' });

export const budgetStatuses = ['ok', 'warning', 'exceeded', 'unknown'] as const;
export type BudgetStatus = (typeof budgetStatuses)[number];

const budget = sourceBudgetSchema.shape;
export const budgetSchema = z
  .object({
    ...owned,
    name: budget.name,
    period: budget.period,
    nativePeriod: budget.nativePeriod.optional(),
    limit: budget.limit.meta({ description: 'Null where the vendor holds a budget without one.' }),
    spent: budget.spent,
    remaining: moneySchema.nullable(),
    percentUsed: text.nullable(),
    forecast: budget.forecast,
    status: z.enum(budgetStatuses),
    alerts: budget.alerts,
    managedBy,
    scope: budget.scope,
    createdAt: budget.createdAt,
    updatedAt: budget.updatedAt,
  })
  .meta({ id: 'Budget' });

const { nativeId: _anomalyId, day: _day, ...anomaly } = sourceAnomalySchema.shape;
export const anomalySchema = z
  .object({
    ...owned,
    ...anomaly,
    scope: z.record(z.string(), z.string()),
    expected: anomaly.expected.meta({ description: 'Null where the vendor tells the impact alone.' }),
    actual: anomaly.actual.meta({ description: 'Null where the vendor tells the impact alone.' }),
    impact: moneySchema,
    deviationPercent: text.nullable(),
    detectedBy: z.enum(['vendor', 'gateway']),
  })
  .meta({ id: 'Anomaly' });

const { alias: _alias, isNew, ...cause } = sourceRootCauseSchema.shape;
const rankedCauseSchema = z
  .object({
    ...cause,
    alias: text.nullable().meta({ description: 'What users of the vendor call it; null where they gave it no name.' }),
    sharePercent: text.nullable().meta({
      description: 'Its part of the whole deviation, negative for what went the other way; null where nobody says.',
    }),
    isNew,
  })
  .meta({ id: 'RootCause' });
/** A root cause with its share of the deviation. */
export type RankedCause = z.output<typeof rankedCauseSchema>;

const detail = sourceAnomalyDetailSchema.shape;
const anomalyDetailSchema = z.object({
  rootCauses: z.array(rankedCauseSchema).meta({ description: 'What drove it, the greatest first.' }),
  history: detail.history.meta({ description: 'The days around it.' }),
  similar: z
    .array(z.object({ id: text, nativeId: text, name: text }))
    .meta({ description: 'What the vendor holds to be like it. Each can be read by its `id`.' }),
});
export type AnomalyDetails = z.output<typeof anomalyDetailSchema>;
export const detailedAnomalySchema = anomalySchema.extend(anomalyDetailSchema.shape).meta({ id: 'DetailedAnomaly' });

const { nativeId, parentId, name, kind, ...account } = sourceAccountSchema.shape;
export const accountSchema = z.object({ ...owned, name, kind, parentId, nativeId, ...account }).meta({ id: 'Account' });

export const dimensionSchema = z
  .object({ key: text, providers: z.array(text), filterable: z.boolean(), groupable: z.boolean() })
  .meta({ id: 'Dimension' });

export const dimensionValueSchema = z
  .object({ value: text, label: text, provider: text })
  .meta({ id: 'DimensionValue' });

const { nativeId: _monitorId, createdAt, updatedAt, ...monitor } = sourceMonitorSchema.shape;
export const monitorSchema = z
  .object({ ...owned, ...monitor, managedBy, createdAt, updatedAt })
  .meta({ id: 'AnomalyMonitor' });

const costCenter = sourceCostCenterSchema.shape;
export const costCenterSchema = z
  .object({
    ...owned,
    name: costCenter.name,
    accounts: costCenter.accounts.meta({ description: 'Ids of accounts, as `GET /v1/accounts` lists them.' }),
    currentMonth: costCenter.currentMonth,
  })
  .meta({ id: 'CostCenter' });

const { nativeId: _recommendationId, ...recommendation } = sourceRecommendationSchema.shape;
export const recommendationSchema = z.object({ ...owned, ...recommendation }).meta({ id: 'Recommendation' });
