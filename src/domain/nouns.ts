import { z } from 'zod';
import { moneySchema } from './money.ts';

/**
 * The nouns as providers return them and as they are stored, with the ids of the vendor. `answer-schemas.ts` adds
 * provider, connection and computed values.
 */

const text = z.string();
const instant = z.string().meta({ format: 'date-time' });
const amount = moneySchema;
const amountOrNull = moneySchema.nullable();

export const scopeSchema = z
  .object({
    account: text.optional(),
    service: text.optional(),
    region: text.optional(),
    view: text.optional(),
    costCenter: text.optional(),
  })
  .meta({ id: 'Scope' });
export type Scope = z.output<typeof scopeSchema>;

export const budgetPeriods = ['monthly', 'quarterly', 'annual', 'daily', 'other'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];
/** The periods in which a budget can be created. */
export const budgetInputPeriods = ['monthly', 'quarterly', 'annual'] as const;

export const budgetAlertSchema = z.object({ thresholdPercent: text, recipients: z.array(text).readonly() });
export type BudgetAlert = z.output<typeof budgetAlertSchema>;

/** A budget as a caller writes it. */
export const budgetInputSchema = z.object({
  name: text,
  period: z.enum(budgetInputPeriods),
  limit: amount,
  alerts: z.array(budgetAlertSchema).readonly(),
  scope: scopeSchema,
});
export type BudgetInput = z.output<typeof budgetInputSchema>;

export const sourceBudgetSchema = z.object({
  nativeId: text,
  name: text,
  period: z.enum(budgetPeriods),
  /** The vendor's word where `period` is `other`. */
  nativePeriod: text.nullable(),
  /** Null where the vendor holds a budget without one. */
  limit: amountOrNull,
  spent: amountOrNull,
  forecast: amountOrNull,
  alerts: budgetInputSchema.shape.alerts,
  scope: scopeSchema,
  /** RFC 3339 with `Z`; null if the vendor does not report it. */
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type Budget = z.output<typeof sourceBudgetSchema>;

/** One past period of a budget. */
export const budgetSpanSchema = z.object({ start: text, end: text, limit: amountOrNull, spent: amount });
export type BudgetSpan = z.output<typeof budgetSpanSchema>;

export const firedAlertSchema = z.object({ thresholdPercent: text, firedAt: text, spent: amount });
export type FiredAlert = z.output<typeof firedAlertSchema>;

export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];
export const anomalyStatuses = ['open', 'closed'] as const;
export const directions = ['increase', 'decrease'] as const;

export const sourceAnomalySchema = z.object({
  nativeId: text,
  name: text,
  /** RFC 3339 with `Z`. */
  detectedAt: instant,
  /** The day whose cost is out of line. */
  day: text,
  severity: z.enum(severities),
  status: z.enum(anomalyStatuses),
  /** The vendor's own word for the status. */
  nativeStatus: text,
  direction: z.enum(directions),
  scope: scopeSchema.extend({ category: text.optional() }),
  /** Null where the vendor tells the impact alone, which then has to be given. */
  expected: amountOrNull,
  actual: amountOrNull,
  /** Actual minus expected; absent where it follows from them. */
  impact: amount.optional(),
});
export type Anomaly = z.output<typeof sourceAnomalySchema>;

/** As `sourceAnomalySchema`, over any dimension. */
export const gatewayAnomalySchema = sourceAnomalySchema.extend({
  scope: z.record(text, text),
  expected: amount,
  actual: amount,
});

export const sourceRootCauseSchema = z.object({
  kind: z.enum(['resource', 'service', 'region', 'account', 'category']),
  id: text,
  name: text.meta({ description: 'Its own name; the id where it has none.' }),
  alias: text.nullish().meta({ description: 'What users of the vendor call it, where they gave it a name.' }),
  service: text.nullable(),
  region: text.nullable(),
  account: text.nullable(),
  cost: amount.meta({ description: 'What it cost in the period of the anomaly.' }),
  change: amountOrNull.meta({ description: 'How much more or less than usual; null where the vendor does not say.' }),
  isNew: z.boolean().meta({ description: 'It cost nothing on the days that it is compared with.' }),
});
export type RootCause = z.output<typeof sourceRootCauseSchema>;

/** What vendors report only when one anomaly is read. */
export const sourceAnomalyDetailSchema = z.object({
  rootCauses: z.array(sourceRootCauseSchema),
  history: z.array(
    z.object({
      day: z.string().meta({ format: 'date' }),
      actual: amountOrNull,
      expected: amountOrNull.meta({ description: 'Null on days for which nobody tells an expectation.' }),
    }),
  ),
  similar: z.array(z.object({ nativeId: text, name: text })),
});
export type AnomalyDetail = z.output<typeof sourceAnomalyDetailSchema>;

export const accountKinds = ['account', 'sub-account', 'deployment', 'project'] as const;
export const accountStates = ['active', 'processing', 'suspended', 'error'] as const;
export type AccountState = (typeof accountStates)[number];

export const sourceAccountSchema = z.object({
  /** The id that cost rows have under `account`. */
  nativeId: text,
  name: text,
  kind: z.enum(accountKinds),
  parentId: text.nullable(),
  state: z.enum(accountStates),
  currentMonth: amountOrNull,
  previousMonth: amountOrNull,
  forecast: amountOrNull,
});
export type Account = z.output<typeof sourceAccountSchema>;

/** A dated rate: one unit of `from` is `rate` units of `to`, from `validFrom` up to but not including `validTo`. */
export const exchangeRateSchema = z.object({
  from: text,
  to: text,
  rate: text,
  validFrom: text,
  validTo: text,
  /** Set by the customer, not by the vendor. */
  custom: z.boolean(),
});
export type ExchangeRate = z.output<typeof exchangeRateSchema>;

export const sensitivities = ['low', 'medium', 'high'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** A monitor as a caller writes it. */
export const monitorInputSchema = z.object({
  name: text,
  description: text.nullable(),
  /** Dimension to values; equal keys are OR, different keys AND. */
  filters: z.record(text, z.array(text).readonly()),
  groupBy: z.array(text).readonly(),
  sensitivity: z.enum(sensitivities),
  minImpact: amountOrNull,
});
export type MonitorInput = z.output<typeof monitorInputSchema>;

export const sourceMonitorSchema = z.object({
  nativeId: text,
  ...monitorInputSchema.shape,
  createdAt: instant.nullable(),
  updatedAt: instant.nullable(),
});
export type Monitor = z.output<typeof sourceMonitorSchema>;

export const sourceCostCenterSchema = z.object({
  nativeId: text,
  name: text,
  /** Native ids of accounts. */
  accounts: z.array(text).readonly(),
  /** Set where its cost is the cost of these accounts: nothing of them is left out, and nothing else counts. */
  sumsAccounts: z.literal(true).optional(),
  currentMonth: amountOrNull,
});
export type CostCenter = z.output<typeof sourceCostCenterSchema>;

export const sourceRecommendationSchema = z.object({
  nativeId: text,
  title: text,
  description: text.nullable(),
  category: text.nullable(),
  status: text,
  effort: z.enum(['low', 'medium', 'high', 'unknown']),
  savings: amountOrNull,
  scope: scopeSchema,
  link: text.nullable(),
});
export type Recommendation = z.output<typeof sourceRecommendationSchema>;
