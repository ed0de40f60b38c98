import { z } from 'zod';
import { moneySchema } from './money.ts';
import { accountKinds, accountStates, budgetPeriods, severities } from './nouns.ts';

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
