import { z } from 'zod';
import { moneySchema } from './money.ts';
import { accountKinds, accountStates, budgetPeriods, sensitivities, severities } from './nouns.ts';

/** The nouns as they are kept in the store and stand in answers. */

const text = z.string();
const instant = z.string().meta({ format: 'date-time' });

export const scopeSchema = z
  .object({
    account: text.optional(),
    service: text.optional(),
    region: text.optional(),
    view: text.optional(),
    costCenter: text.optional(),
  })
  .meta({ id: 'Scope' });

const alertSchema = z.object({ thresholdPercent: text, recipients: z.array(text).readonly() });

export const sourceBudgetSchema = z.object({
  nativeId: text,
  name: text,
  period: z.enum(budgetPeriods),
  nativePeriod: text.nullable(),
  limit: moneySchema,
  spent: moneySchema.nullable(),
  forecast: moneySchema.nullable(),
  alerts: z.array(alertSchema).readonly(),
  scope: scopeSchema,
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});

export const sourceAnomalySchema = z.object({
  nativeId: text,
  name: text,
  detectedAt: instant,
  day: text,
  severity: z.enum(severities),
  status: z.enum(['open', 'closed']),
  nativeStatus: text,
  direction: z.enum(['increase', 'decrease']),
  scope: scopeSchema.extend({ category: text.optional() }),
  expected: moneySchema,
  actual: moneySchema,
});

export const sourceAccountSchema = z.object({
  nativeId: text,
  name: text,
  kind: z.enum(accountKinds),
  parentId: text.nullable(),
  state: z.enum(accountStates),
  currentMonth: moneySchema.nullable(),
  previousMonth: moneySchema.nullable(),
  forecast: moneySchema.nullable(),
});

export const exchangeRateSchema = z.object({
  from: text,
  to: text,
  rate: text,
  validFrom: text,
  validTo: text,
  custom: z.boolean(),
});

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

export const budgetSchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    name: text,
    period: z.enum(budgetPeriods),
    nativePeriod: text.nullable().optional(),
    limit: moneySchema,
    spent: moneySchema.nullable(),
    remaining: moneySchema.nullable(),
    percentUsed: text.nullable(),
    forecast: moneySchema.nullable(),
    status: z.enum(['ok', 'warning', 'exceeded', 'unknown']),
    alerts: z.array(alertSchema).readonly(),
    managedBy: z.enum(['vendor', 'gateway']),
    scope: scopeSchema,
    createdAt: instant.nullable(),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Budget' });

export const anomalySchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    name: text,
    detectedAt: instant,
    severity: z.enum(severities),
    status: z.enum(['open', 'closed']),
    nativeStatus: text,
    direction: z.enum(['increase', 'decrease']),
    scope: z.record(z.string(), z.string()),
    expected: moneySchema,
    actual: moneySchema,
    impact: moneySchema,
    deviationPercent: text.nullable(),
    detectedBy: z.enum(['vendor', 'gateway']),
  })
  .meta({ id: 'Anomaly' });

export const accountSchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    name: text,
    kind: z.enum(accountKinds),
    parentId: text.nullable(),
    nativeId: text,
    state: z.enum(accountStates),
    currentMonth: moneySchema.nullable(),
    previousMonth: moneySchema.nullable(),
    forecast: moneySchema.nullable(),
  })
  .meta({ id: 'Account' });

export const dimensionSchema = z
  .object({ key: text, providers: z.array(text), filterable: z.boolean(), groupable: z.boolean() })
  .meta({ id: 'Dimension' });

/** As `sourceAnomalySchema`, over any dimension. */
export const gatewayAnomalySchema = sourceAnomalySchema.extend({ scope: z.record(text, text) });

const rootCauseSchema = z
  .object({
    kind: z.enum(['resource', 'service', 'region', 'account', 'category']),
    id: text,
    name: text,
    service: text.nullable(),
    region: text.nullable(),
    account: text.nullable(),
    cost: moneySchema.meta({ description: 'What it cost in the period of the anomaly.' }),
    change: moneySchema
      .nullable()
      .meta({ description: 'How much more or less than usual; null where the vendor does not say.' }),
    sharePercent: text.nullable().meta({
      description: 'Its part of the whole deviation, negative for what went the other way; null where nobody says.',
    }),
    isNew: z.boolean().meta({ description: 'It cost nothing on the days that it is compared with.' }),
  })
  .meta({ id: 'RootCause' });

/** What only the single anomaly tells. */
export const anomalyDetailSchema = z.object({
  rootCauses: z.array(rootCauseSchema).meta({ description: 'What drove it, the greatest first.' }),
  history: z
    .array(
      z.object({
        day: z.string().meta({ format: 'date' }),
        actual: moneySchema.nullable(),
        expected: moneySchema.nullable().meta({ description: 'Null on days for which nobody tells an expectation.' }),
      }),
    )
    .meta({ description: 'The days around it.' }),
  similar: z
    .array(z.object({ nativeId: text, name: text }))
    .meta({ description: 'What the vendor holds to be like it, by the ids of the vendor.' }),
});
export const detailedAnomalySchema = anomalySchema.extend(anomalyDetailSchema.shape).meta({ id: 'DetailedAnomaly' });

export const sourceMonitorSchema = z.object({
  nativeId: text,
  name: text,
  description: text.nullable(),
  filters: z.record(text, z.array(text).readonly()),
  groupBy: z.array(text).readonly(),
  sensitivity: z.enum(sensitivities),
  minImpact: moneySchema.nullable(),
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});

export const monitorSchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    ...sourceMonitorSchema.omit({ nativeId: true, createdAt: true, updatedAt: true }).shape,
    managedBy: z.enum(['vendor', 'gateway']),
    createdAt: instant.nullable(),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'AnomalyMonitor' });

export const dimensionValueSchema = z
  .object({ value: text, label: text, provider: text })
  .meta({ id: 'DimensionValue' });

export const sourceCostCenterSchema = z.object({
  nativeId: text,
  name: text,
  accounts: z.array(text).readonly(),
  currentMonth: moneySchema.nullable(),
});

export const costCenterSchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    name: text,
    accounts: z.array(text).readonly().meta({ description: 'Ids of accounts, as `GET /v1/accounts` lists them.' }),
    currentMonth: moneySchema.nullable(),
  })
  .meta({ id: 'CostCenter' });

export const sourceRecommendationSchema = z.object({
  nativeId: text,
  title: text,
  description: text.nullable(),
  category: text.nullable(),
  status: text,
  effort: z.enum(['low', 'medium', 'high', 'unknown']),
  savings: moneySchema.nullable(),
  scope: scopeSchema,
  link: text.nullable(),
});

export const recommendationSchema = z
  .object({
    id: text,
    provider: text,
    connection: text,
    ...sourceRecommendationSchema.omit({ nativeId: true }).shape,
  })
  .meta({ id: 'Recommendation' });
