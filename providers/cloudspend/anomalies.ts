import { type Day, dayOfInstant, instantText } from '../../src/domain/day.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Anomaly, Scope } from '../../src/domain/nouns.ts';
import {
  type AnomalySource,
  decode,
  decodeItems,
  type Note,
  type Reading,
  type ReadingFault,
  type Session,
} from '../../src/vendor/kit/index.ts';
import { idOfName } from './account-names.ts';
import { detail } from './anomaly-detail.ts';
import { decodeEntry } from './decode-entry.ts';
import { distinctBy } from './distinct.ts';
import { type CostAccounts, concernsOneOperation, costAccounts, tolerant } from './facts.ts';
import { printable } from './failures.ts';
import { inTurn } from './in-turn.ts';
import type { Decoded } from './normalise.ts';
import {
  type AnomalyStatus,
  anomalyStatuses,
  readAnomalyData,
  readAnomalyList,
  readAnomalySummary,
} from './requests.ts';
import { anomalyDataSchema, anomalyListSchema, anomalySchema, anomalySummarySchema, watchedSchema } from './wire.ts';

const width = 4;
interface Range {
  readonly start: Day;
  readonly end: Day;
}

/** What is watched. An anomaly is a day on which it is out of line; the vendor's `anomaly_id` names only this. */
export interface Watched {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly costAccount: string | null;
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
      id: row.anomaly_id ?? key,
      name: row.anomaly_name,
      category,
      costAccount: row.cost_account_name ?? null,
    }));
  });
  return { items, faults };
};

/** 1 region, 2 service, 3 billing account, 10001 cost account, 10002 cost centre; the rest has no place in a scope. */
export const scopeOf = (watched: Watched, accounts: readonly CostAccounts['items'][number][]): Scope => {
  const { category, name, costAccount } = watched;
  const parent = costAccount === null || costAccount === '' ? {} : { account: idOfName(accounts, costAccount) };
  switch (category) {
    case '1':
      return { ...parent, region: name };
    case '2':
      return { ...parent, service: name };
    case '3':
      return {
        account: idOfName(
          accounts.flatMap((account) => account.children),
          name,
        ),
      };
    case '10001':
      return { account: idOfName(accounts, name) };
    case '10002':
      return { costCenter: name };
    default:
      return parent;
  }
};

export const anomaliesOf = (json: unknown, watched: Watched, scope: Scope): Decoded<Anomaly> => {
  const { data } = decode(anomalyDataSchema, json, 'anomaly data');
  const rows = decodeItems(anomalySchema, data, `anomaly data ${watched.id} anomalies`);
  return {
    faults: rows.faults,
    items: rows.items.map((row) => ({
      nativeId: `${watched.id}:${row.detected_time}`,
      name: watched.name,
      detectedAt: instantText(row.detected_time),
      // Anomalies stamp a calendar day as its midnight in UTC.
      day: dayOfInstant(row.detected_time),
      severity: row.anomaly_level,
      status: row.status === 'dismissed' ? 'closed' : 'open',
      nativeStatus: row.status,
      direction: row.anomaly_type,
      scope,
      expected: money(decimal(row.expected_value), row.currency_code),
      actual: money(decimal(row.value), row.currency_code),
    })),
  };
};

const none = { items: [], faults: [] };

/** Everything that has an anomaly of that status in the range. */
const listed = async (session: Session, status: AnomalyStatus, { start, end }: Range): Promise<Decoded<Watched>> => {
  const categories = categoriesOf((await session.call(readAnomalySummary(status, start, end))).json);
  const lists = await inTurn(categories, width, (category) =>
    tolerant(`anomaly list ${printable(category)}`, async () =>
      watchedOf((await session.call(readAnomalyList(status, category, start, end))).json, category),
    ),
  );
  return { items: lists.flatMap((list) => list.items), faults: lists.flatMap((list) => list.faults) };
};

/** The document shows the open ones only; a vendor that refuses to list the others is told in a note. */
const listedOrNoted = async (
  session: Session,
  status: AnomalyStatus,
  range: Range,
): Promise<Decoded<Watched> & { readonly notes: readonly Note[] }> => {
  try {
    return { ...(await listed(session, status, range)), notes: [] };
  } catch (thrown) {
    if (status.word === 'open' || !concernsOneOperation(thrown) || thrown.kind !== 'vendor-rejected') throw thrown;
    const message = `CloudSpend did not list ${status.word} anomalies; those of things with an open one are there.`;
    return { ...none, notes: [{ code: `anomalies-not-listed-${status.word}`, message }] };
  }
};

const list = async (session: Session, range: Range): Promise<Reading<Anomaly>> => {
  const lists = await inTurn(anomalyStatuses, 1, (status) => listedOrNoted(session, status, range));
  const watched = distinctBy(
    lists.flatMap((each) => each.items),
    (each) => each.id,
    'anomaly list',
  );
  // Without the accounts a scope names them instead of giving their ids.
  const accounts = await tolerant('accounts_data', () => costAccounts(session));
  const read = await inTurn(watched.items, width, (each) =>
    tolerant(`anomaly data ${each.id}`, async () => {
      const { json } = await session.call(readAnomalyData(each.id, range.start, range.end));
      return anomaliesOf(json, each, scopeOf(each, accounts.items));
    }),
  );
  const anomalies = distinctBy(
    read.flatMap((each) => each.items),
    (anomaly) => anomaly.nativeId,
    'anomaly data',
  );
  const faults = [...lists, watched, ...read, anomalies].flatMap((each) => each.faults);
  return {
    // The vendor's own filter is not relied on.
    items: anomalies.items.filter(({ day }) => day >= range.start && day < range.end),
    notes: lists.flatMap((each) => each.notes),
    faults,
  };
};

export const anomalies: AnomalySource = { list, detail };
