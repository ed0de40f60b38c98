import { addDays, type Day, dayOfInstant } from '../../src/domain/day.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { type Money, money } from '../../src/domain/money.ts';
import type { AnomalyDetail, RootCause } from '../../src/domain/nouns.ts';
import { decode, Failure, type Session, type VendorRequest } from '../../src/vendor/kit/index.ts';
import { idOfName } from './account-names.ts';
import { type CostAccounts, costAccounts } from './facts.ts';
import { printable } from './failures.ts';
import { readAnomalyCauses, readAnomalyMeta, readSimilarAnomalies } from './requests.ts';
import {
  type AnomalyCauses,
  anomalyCausesSchema,
  anomalyMetaSchema,
  newResourcesSchema,
  similarAnomaliesSchema,
  topResourcesSchema,
} from './wire-causes.ts';

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
  // The alias is what people call it.
  name: row.alias ?? row.name ?? row.id,
  service: row.service,
  region: row.region,
  account:
    row.cloud_account_name === null
      ? costAccount
      : idOfName(
          accounts.flatMap((account) => account.children),
          row.cloud_account_name,
        ),
});

/** The greatest contributors in the vendor's order, then what is new; a resource that is both stands once. */
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

/** Both series by day, whichever way round the vendor sorts them; the day of the anomaly itself is told apart. */
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

/** The answer's JSON, or null where the vendor knows nothing of it. */
const found = async (session: Session, request: VendorRequest): Promise<{ readonly json: unknown } | null> => {
  try {
    return await session.call(request);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'vendor-not-found') return null;
    throw thrown;
  }
};

/** Nothing here can be partial: a part that cannot be read fails the whole. */
export const detail = async (session: Session, nativeId: string): Promise<AnomalyDetail | null> => {
  const [, id, detected] = /^(.+):(\d{9,14})$/.exec(nativeId) ?? [];
  if (id === undefined || detected === undefined) return null;
  const meta = await found(session, readAnomalyMeta(id, detected));
  if (meta === null) return null;
  const { info } = decode(anomalyMetaSchema, meta.json, 'anomaly details meta').data;
  const day = dayOfInstant(Number(detected));
  const own = {
    day,
    actual: money(decimal(info.value), info.currency_code),
    expected: money(decimal(info.expected_value), info.currency_code),
  };
  const [answer, others] = await Promise.all([
    found(session, readAnomalyCauses(id, detected)),
    found(session, readSimilarAnomalies(id, day, addDays(day, 1))),
  ]);
  const causes: AnomalyCauses =
    answer === null
      ? { currency_code: info.currency_code }
      : decode(anomalyCausesSchema, answer.json, 'anomaly details rca').data;
  const similar =
    others === null ? [] : decode(similarAnomaliesSchema, others.json, 'similar anomalies').data.similar_anomalies;
  const { items: accounts } = await costAccounts(session);
  return {
    rootCauses: causesOf(causes, accounts),
    history: historyOf(causes, own),
    similar: similar.map((each) => ({ nativeId: each.anomaly_id, name: each.anomaly_name })),
  };
};
