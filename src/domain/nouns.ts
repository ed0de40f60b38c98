import type { Day } from './day.ts';
import type { Money } from './money.ts';

/**
 * The nouns as a provider gives them: vendor ids, vendor facts. The middle adds provider and connection,
 * and whatever can be computed.
 */

export const budgetPeriods = ['monthly', 'quarterly', 'annual', 'daily', 'other'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

export interface BudgetAlert {
  readonly thresholdPercent: string;
  readonly recipients: readonly string[];
}

export interface Scope {
  readonly account?: string | undefined;
  readonly service?: string | undefined;
  readonly region?: string | undefined;
  readonly view?: string | undefined;
  readonly costCenter?: string | undefined;
}

export interface Budget {
  readonly nativeId: string;
  readonly name: string;
  readonly period: BudgetPeriod;
  /** The vendor's word where `period` is `other`. */
  readonly nativePeriod: string | null;
  readonly limit: Money;
  readonly spent: Money | null;
  readonly forecast: Money | null;
  readonly alerts: readonly BudgetAlert[];
  readonly scope: Scope;
  /** RFC 3339 with `Z`, or null where the vendor tells none. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

/** What a caller wants a budget to be. */
export interface BudgetInput {
  readonly name: string;
  readonly period: 'monthly' | 'quarterly' | 'annual';
  readonly limit: Money;
  readonly alerts: readonly BudgetAlert[];
  readonly scope: Scope;
}

/** One past period of a budget. */
export interface BudgetSpan {
  readonly start: Day;
  readonly end: Day;
  readonly limit: Money;
  readonly spent: Money;
}

export interface FiredAlert {
  readonly thresholdPercent: string;
  readonly firedAt: string;
  readonly spent: Money;
}

export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

export interface Anomaly {
  readonly nativeId: string;
  readonly name: string;
  /** RFC 3339 with `Z`. */
  readonly detectedAt: string;
  /** The day whose cost is out of line. */
  readonly day: Day;
  readonly severity: Severity;
  readonly status: 'open' | 'closed';
  /** The vendor's own word for the status. */
  readonly nativeStatus: string;
  readonly direction: 'increase' | 'decrease';
  readonly scope: Scope & { readonly category?: string | undefined };
  readonly expected: Money;
  readonly actual: Money;
}

export const accountKinds = ['account', 'sub-account', 'deployment', 'project'] as const;
export type AccountKind = (typeof accountKinds)[number];

export const accountStates = ['active', 'processing', 'suspended', 'error'] as const;
export type AccountState = (typeof accountStates)[number];

export interface Account {
  /** The id that stands in cost rows under `account`. */
  readonly nativeId: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly parentId: string | null;
  readonly state: AccountState;
  readonly currentMonth: Money | null;
  readonly previousMonth: Money | null;
  readonly forecast: Money | null;
}

/** A dated rate: one unit of `from` is `rate` units of `to`, from `validFrom` up to but not including `validTo`. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  /** Set by the customer, not by the vendor. */
  readonly custom: boolean;
}

/** One thing that contributed to an anomaly. */
export interface RootCause {
  readonly kind: 'resource' | 'service' | 'region' | 'account';
  readonly id: string;
  readonly name: string;
  readonly service: string | null;
  readonly region: string | null;
  readonly account: string | null;
  /** What it cost in the period of the anomaly. */
  readonly cost: Money;
  /** How much more or less than usual; null where the vendor does not say. */
  readonly change: Money | null;
  readonly isNew: boolean;
}

export interface AnomalyDetail {
  readonly rootCauses: readonly RootCause[];
  readonly history: readonly { readonly day: Day; readonly actual: Money | null; readonly expected: Money | null }[];
  /** Native ids or names of anomalies like it. */
  readonly similar: readonly { readonly nativeId: string; readonly name: string }[];
}

export const sensitivities = ['low', 'medium', 'high'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** What a caller wants to be watched. */
export interface MonitorInput {
  readonly name: string;
  readonly description: string | null;
  /** Dimension to values; equal keys are OR, different keys AND. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly groupBy: readonly string[];
  readonly sensitivity: Sensitivity;
  readonly minImpact: Money | null;
}

export interface Monitor extends MonitorInput {
  readonly nativeId: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
}

export interface CostCenter {
  readonly nativeId: string;
  readonly name: string;
  /** Native ids of accounts. */
  readonly accounts: readonly string[];
  readonly currentMonth: Money | null;
}

export interface Recommendation {
  readonly nativeId: string;
  readonly title: string;
  readonly description: string | null;
  readonly category: string | null;
  readonly status: string;
  readonly effort: 'low' | 'medium' | 'high' | 'unknown';
  readonly savings: Money | null;
  readonly scope: Scope;
  readonly link: string | null;
}
