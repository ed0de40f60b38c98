import { readDay } from '../../../src/domain/day.ts';
import { type Checked, fine, wrong } from './replies.ts';

/** A row of the Common Bill Format. */
export type BillRow = Readonly<Record<string, string>>;

const columns = new Set([
  'lineitem/id',
  'lineitem/type',
  'lineitem/description',
  'time/usage_start',
  'time/usage_end',
  'resource/id',
  'resource/service',
  'resource/account',
  'resource/region',
  'resource/usage_family',
  'action/operation',
  'action/usage_type',
  'action/region',
  'action/account',
  'usage/amount',
  'usage/units',
  'cost/cost',
  'cost/discounted_cost',
  'cost/amortized_cost',
  'cost/discounted_amortized_cost',
  'cost/on_demand_cost',
  'bill/invoice_id',
  'k8s/cluster',
  'k8s/namespace',
  'k8s/deployment',
  'k8s/labels',
]);
const lineItemTypes = new Set([
  'Usage',
  'Tax',
  'Support',
  'Purchase',
  'CommittedUsePurchase',
  'Discount',
  'Credit',
  'Fee',
  'Adjustment',
  // The page on the bill format has these two, which the schema lacks.
  'CommittedUseVacancy',
  'CommittedUseRecurringFee',
]);
/** The page on the bill format has them negative; the pattern of the schema has no sign. */
const negativeTypes = new Set(['Discount', 'Credit']);
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(([+-]\d\d:\d\d)|Z)?$/;

/** In UTC; null for a text that is no timestamp. */
export const instantText = (text: string): string | null => {
  if (!instantPattern.test(text) || readDay(text.slice(0, 10)) === null) return null;
  const instant = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
};

/** `2026-10` of that text or of a timestamp; null for any other. */
export const monthText = (text: string): string | null =>
  /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : (instantText(text)?.slice(0, 7) ?? null);

const isRow = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

const valueFault = (column: string, value: string, type: string): string | null => {
  if (column.startsWith('cost/') || column === 'usage/amount') {
    const signed = column.startsWith('cost/') && negativeTypes.has(type);
    if ((signed ? /^-?\d+(\.\d+)?$/ : /^\d+(\.\d+)?$/).test(value)) return null;
    return value.startsWith('-')
      ? `${column} is negative, which only Discount and Credit can be`
      : `${column} is no decimal number`;
  }
  if (column.startsWith('time/') && instantText(value) === null) return `${column} is no timestamp`;
  return column === 'lineitem/type' && !lineItemTypes.has(value) ? `${column} cannot be ${value}` : null;
};

/** A row whose time lies in the month, where one is given. */
export const readBillRow = (raw: unknown, month: string | null): Checked<BillRow> => {
  if (!isRow(raw)) return wrong('is no object');
  const row: Record<string, string> = {};
  for (const [column, value] of Object.entries(raw)) {
    if (!columns.has(column) && !/^resource\/tag:.+/.test(column)) return wrong(`${column} is no column`);
    if (typeof value !== 'string') return wrong(`${column} is no text`);
    row[column] = value;
  }
  for (const [column, value] of Object.entries(row)) {
    const fault = valueFault(column, value, row['lineitem/type'] ?? 'Usage');
    if (fault !== null) return wrong(fault);
  }
  const start = row['time/usage_start'];
  if (start === undefined) return wrong('time/usage_start is missing');
  if (row['cost/cost'] === undefined) return wrong('cost/cost is missing');
  if (month !== null && monthText(start) !== month) return wrong(`time/usage_start does not lie in ${month}`);
  return fine(row);
};
