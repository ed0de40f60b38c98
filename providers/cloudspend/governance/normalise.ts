import { instantText } from '../../../src/domain/day.ts';
import { compare, decimal, decimalText, divide, isZero, multiply, percentText } from '../../../src/domain/decimal.ts';
import type { Scope } from '../../../src/domain/nouns.ts';
import type { Policy, PolicyStatus } from '../../../src/domain/policy.ts';
import { decode, decodeItems } from '../../../src/vendor/kit/index.ts';
import { printable } from '../failures.ts';
import type { Decoded } from '../partial.ts';
import { listAtData } from '../wire.ts';
import { governanceCheckSchema, taggingReportSchema, taggingSummarySchema } from './wire.ts';

const scopeKeys = ['account', 'costCenter', 'view'] as const;
const statuses: Readonly<Record<string, PolicyStatus>> = { '1': 'ok', '2': 'violated' };
const units: Readonly<Record<number, Policy['unit']>> = { 5: 'count', 6: 'percent' };

const textOf = (amount: string | null | undefined): string | null =>
  amount === null || amount === undefined ? null : decimalText(decimal(amount));

const scopeOf = (accountType: number, accountId: string | null | undefined): Scope => {
  const key = scopeKeys[accountType];
  return key === undefined || accountId === null || accountId === undefined ? {} : { [key]: accountId };
};

/** A count as an integer; null where the text is none. */
const countOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;

export const governancePolicies = (json: unknown, where: string): Decoded<Policy> => {
  const rows = decodeItems(governanceCheckSchema, decode(listAtData, json, 'governance dashboard'), where);
  return {
    faults: rows.faults,
    items: rows.items.map((row): Policy => {
      const unit = units[row.mode ?? 0] ?? null;
      const value = textOf(row.current_value);
      const checked = row.last_checked_time ?? null;
      return {
        nativeId: `governance:${row.checks_id}`,
        name: printable(row.checks_name),
        kind: 'governance',
        status: statuses[row.status ?? ''] ?? 'unknown',
        nativeStatus: row.status ?? null,
        findings: unit === 'count' ? countOf(value) : null,
        value,
        threshold: textOf(row.threshold),
        unit,
        scope: scopeOf(row.account_type, row.account_id),
        checkedAt: checked === null ? null : instantText(checked),
      };
    }),
  };
};

export interface TaggingReport {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
}
export const taggingReports = (json: unknown): Decoded<TaggingReport> => {
  const rows = decodeItems(taggingReportSchema, decode(listAtData, json, 'tagging reports'), 'tagging reports data');
  return {
    faults: rows.faults,
    items: rows.items.map((row) => ({ id: row.ID, name: printable(row.NAME), disabled: row.IS_DISABLED === true })),
  };
};

/** Up to so many resources, no two counts have the same percentage with one decimal. */
const resourcesMax = decimal('999');

/**
 * How many of so many a percentage with one decimal means; null where that is not certain. The count beside it is
 * explained as that of all resources that were checked.
 */
const countBehind = (percentage: string, total: string): number | null => {
  const whole = decimal(total);
  const nearest = divide(multiply(decimal(percentage), whole), decimal('100'), 0);
  if (nearest === null || compare(whole, resourcesMax) > 0) return null;
  const again = isZero(whole) ? '0' : percentText(nearest, whole, 1);
  return again === percentage ? countOf(decimalText(nearest)) : null;
};

const report = ({ id, name }: TaggingReport) =>
  ({ nativeId: `tagging:${id}`, name, kind: 'tagging', unit: 'percent', scope: {}, checkedAt: null }) as const;

/** What a disabled report said last is not asked for. */
export const disabledReport = (each: TaggingReport): Policy => ({
  ...report(each),
  status: 'unknown',
  nativeStatus: 'disabled',
  findings: null,
  value: null,
  threshold: null,
});

/** A report is violated as soon as one resource lacks a tag. */
export const taggingPolicy = (json: unknown, each: TaggingReport): Policy => {
  const { data } = decode(taggingSummarySchema, json, `tagging summary ${each.id}`);
  const value = decimalText(decimal(data.non_compliant_resource_percentage));
  return {
    ...report(each),
    status: value === '0' ? 'ok' : 'violated',
    nativeStatus: null,
    findings: countBehind(value, data.total_resources),
    value,
    threshold: '0',
  };
};
