import type { Day } from '../../../src/domain/day.ts';
import type { Anomaly } from '../../../src/domain/nouns.ts';
import type { AnomalySource, Note, Reading, Session } from '../../../src/vendor/kit/index.ts';
import { costAccounts } from '../accounts/cost-accounts.ts';
import { costCenters } from '../accounts/source.ts';
import { dateRange } from '../end-date.ts';
import { concernsOneOperation, printable } from '../failures.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { type Decoded, distinctBy, readPart } from '../partial.ts';
import { readWatchedByChecks } from './checks.ts';
import { detail } from './detail.ts';
import { categoriesOf, type Watched, watchedOf } from './normalise.ts';
import { readOccurrences } from './occurrences.ts';
import { type AnomalyStatus, anomalyListRequest, anomalyStatuses, anomalySummaryRequest } from './requests.ts';
import { type KnownNames, namelessNotes, namesCostCenter, scopeOf } from './scope.ts';

const concurrencyMax = 4;
interface Range {
  readonly start: Day;
  readonly end: Day;
}

const none = { items: [], faults: [] };

/** Everything that has an anomaly of that status in the range. */
const listWatched = async (
  session: Session,
  status: AnomalyStatus,
  { start, end }: Range,
): Promise<Decoded<Watched>> => {
  const range = await dateRange(session, start, end);
  const categories = categoriesOf((await session.call(anomalySummaryRequest(status, range))).json);
  const lists = await mapConcurrently(categories, concurrencyMax, (category) =>
    readPart(`anomaly list ${printable(category)}`, async () =>
      watchedOf((await session.call(anomalyListRequest(status, category, range))).json, category),
    ),
  );
  return { items: lists.flatMap((list) => list.items), faults: lists.flatMap((list) => list.faults) };
};

/** Only the status `open` is documented; if the vendor refuses to list another, a note says so. */
const listWatchedOrNote = async (
  session: Session,
  status: AnomalyStatus,
  range: Range,
): Promise<Decoded<Watched> & { readonly notes: readonly Note[] }> => {
  try {
    return { ...(await listWatched(session, status, range)), notes: [] };
  } catch (thrown) {
    if (status.word === 'open' || !concernsOneOperation(thrown) || thrown.kind !== 'vendor-rejected') throw thrown;
    const message = `CloudSpend did not list ${status.word} anomalies; only those of resources with an open anomaly are included.`;
    return { ...none, notes: [{ code: `anomalies-not-listed-${status.word}`, message }] };
  }
};

/** Without one of the lists, the scopes lack what it names. */
const knownNames = async (session: Session, watched: readonly Watched[]): Promise<Decoded<never> & KnownNames> => {
  const accounts = await readPart('accounts_data', () => costAccounts(session));
  const centers = watched.some(namesCostCenter)
    ? await readPart('cost_centers', () => costCenters.list(session))
    : none;
  return {
    items: [],
    accounts: accounts.items,
    costCenters: centers.items.map(({ nativeId, name }) => ({ id: nativeId, name })),
    faults: [...accounts.faults, ...centers.faults],
  };
};

const list = async (session: Session, range: Range): Promise<Reading<Anomaly>> => {
  const dates = await dateRange(session, range.start, range.end);
  const checks = await readWatchedByChecks(session, dates);
  const byVendor = await mapConcurrently(anomalyStatuses, 1, (status) => listWatchedOrNote(session, status, range));
  const lists = [...byVendor, { ...checks, notes: [] }];
  const ofChecks = new Set(checks.items.map(({ id }) => id));
  const watched = distinctBy(
    // The vendor's own lists may have what checks found as well.
    lists.flatMap(({ items }) => items).filter(({ watcher, id }) => watcher === 'check' || !ofChecks.has(id)),
    ({ id }) => id,
    'anomaly list',
  );
  const names = await knownNames(session, watched.items);
  const read = await mapConcurrently(watched.items, concurrencyMax, (each) =>
    readPart(`anomaly data ${each.id}`, async () => {
      const { items, faults } = await readOccurrences(session, each, dates);
      const scope = scopeOf(each, names);
      return { items: items.map((item) => ({ ...item, scope })), faults };
    }),
  );
  const anomalies = distinctBy(
    read.flatMap((each) => each.items),
    (anomaly) => anomaly.nativeId,
    'anomaly data',
  );
  const faults = [...lists, watched, names, ...read, anomalies].flatMap((each) => each.faults);
  return {
    // The vendor's own filter is not relied on.
    items: anomalies.items.filter(({ day }) => day >= range.start && day < range.end),
    notes: [...lists.flatMap((each) => each.notes), ...namelessNotes(watched.items, names)],
    faults,
  };
};

export const anomalies: AnomalySource = { list, detail };
