import { type Day, dayOfInstant, instantText } from '../../../src/domain/day.ts';
import { decimal } from '../../../src/domain/decimal.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Anomaly, AnomalyDetail, RootCause, Scope } from '../../../src/domain/nouns.ts';
import { decode, decodeItems, type ReadingFault } from '../../../src/vendor/kit/index.ts';
import type { CostAccounts } from '../accounts/normalise.ts';
import { idOfName } from '../accounts/normalise.ts';
import { printable } from '../failures.ts';
import { type Decoded, decodeEntry } from '../partial.ts';
import { nativeIdOf } from './native-id.ts';
import type { WatchedId } from './requests.ts';
import {
  type AnomalyCauses,
  anomalyDataSchema,
  anomalyListSchema,
  anomalySchema,
  anomalySummarySchema,
  newResourcesSchema,
  topResourcesSchema,
  watchedSchema,
} from './wire.ts';

/** What is watched for anomalies. The vendor's `anomaly_id` identifies this, not the single anomaly on a day. */
export interface Watched extends WatchedId {
  readonly name: string;
  /** What it is found by in the vendor's lists: a category and names; what a check watches is known by its id. */
  readonly subject: { readonly category: string; readonly costAccount: string | null } | { readonly scope: Scope };
}

/** The categories in which something was found. */
export const categoriesOf = (json: unknown): string[] =>
  decode(anomalySummarySchema, json, 'anomaly summary')
    .data.summary_data.filter(([, found]) => !Array.isArray(found) || found.length > 0)
    .map(([category]) => category);

export const watchedOf = (json: unknown, category: string): Decoded<Watched> => {
  const { anomalies: listed } = decode(anomalyListSchema, json, 'anomaly list').data;
  const faults: ReadingFault[] = [];
  const items = listed.flatMap(([key, value]) => {
    const where = `anomaly list ${printable(category)} anomalies.${printable(key)}`;
    const { items: rows, faults: refused } = decodeEntry(watchedSchema, value, where);
    for (const fault of refused) faults.push(fault);
    return rows.map((row) => ({
      watcher: 'vendor' as const,
      id: row.anomaly_id ?? key,
      name: row.anomaly_name,
      subject: { category, costAccount: row.cost_account_name ?? null },
    }));
  });
  return { items, faults };
};

/** The anomalies of one watched thing, without their scope. */
export const anomaliesOf = (json: unknown, watched: Watched): Decoded<Anomaly> => {
  const { data } = decode(anomalyDataSchema, json, 'anomaly data');
  const rows = decodeItems(anomalySchema, data, `anomaly data ${watched.id} anomalies`);
  return {
    faults: rows.faults,
    items: rows.items.map((row) => ({
      nativeId: nativeIdOf({ ...watched, detected: String(row.detected_time) }),
      name: watched.name,
      detectedAt: instantText(row.detected_time),
      // Anomalies stamp a calendar day as its midnight in UTC.
      day: dayOfInstant(row.detected_time),
      severity: row.anomaly_level,
      status: row.status === 'dismissed' ? 'closed' : 'open',
      nativeStatus: row.status,
      direction: row.anomaly_type,
      scope: {},
      expected: money(decimal(row.expected_value), row.currency_code),
      actual: money(decimal(row.value), row.currency_code),
    })),
  };
};

type Accounts = readonly CostAccounts['items'][number][];
type Series = readonly (readonly [day: Day, amount: string, ...rest: unknown[]])[];

interface NamedResource {
  readonly id: string;
  readonly name: string | null;
  readonly alias: string | null;
  readonly service: string | null;
  readonly region: string | null;
  readonly cloud_account_name: string | null;
}

const resourceOf = (row: NamedResource, costAccount: string, accounts: Accounts) => ({
  kind: 'resource' as const,
  id: row.id,
  name: row.name ?? row.id,
  alias: row.alias,
  service: row.service,
  region: row.region,
  account: billingAccountNamed(accounts, costAccount, row.cloud_account_name) ?? costAccount,
});

/** The only billing account with that name under the cost account. */
const billingAccountNamed = (accounts: Accounts, costAccount: string, name: string | null): string | null =>
  name === null ? null : idOfName(accounts.find(({ id }) => id === costAccount)?.children ?? [], name);

/** The top resources in the vendor's order, then the new ones; a resource that is both is listed once. */
export const causesOf = (causes: AnomalyCauses, accounts: Accounts): RootCause[] => {
  const inCurrency = (amount: string): Money => money(decimal(amount), causes.currency_code);
  const found = new Map<string, RootCause>();
  for (const [costAccount, list] of causes.resources?.top_resources?.resources ?? []) {
    for (const row of decode(topResourcesSchema, list, `the top resources of ${printable(costAccount)}`)) {
      found.set(row.id, {
        ...resourceOf(row, costAccount, accounts),
        cost: inCurrency(row.anomaly_period_cost),
        change: typeof row.cost_diff === 'string' ? inCurrency(row.cost_diff) : null,
        isNew: false,
      });
    }
  }
  for (const [costAccount, list] of causes.resources?.new_resources?.resources ?? []) {
    for (const row of decode(newResourcesSchema, list, `the new resources of ${printable(costAccount)}`)) {
      const before = found.get(row.id) ?? {
        ...resourceOf(row, costAccount, accounts),
        cost: inCurrency(row.cost),
        change: null,
      };
      found.set(row.id, { ...before, isNew: true });
    }
  }
  return [...found.values()];
};

/** Both series by day in ascending order. The day of the anomaly has the figures of the anomaly itself. */
export const historyOf = (
  causes: AnomalyCauses,
  own: { readonly day: Day; readonly actual: Money; readonly expected: Money },
): AnomalyDetail['history'] => {
  const amounts = (series: Series | null | undefined): Map<Day, Money> =>
    new Map((series ?? []).map(([day, amount]) => [day, money(decimal(amount), causes.currency_code)]));
  const actual = amounts(causes.history?.historical_cost);
  const expected = amounts(causes.history?.forecast_cost);
  if (!actual.has(own.day)) actual.set(own.day, own.actual);
  expected.set(own.day, own.expected);
  return [...new Set([...actual.keys(), ...expected.keys()])]
    .sort()
    .map((day) => ({ day, actual: actual.get(day) ?? null, expected: expected.get(day) ?? null }));
};
