import type { CostType } from '../domain/cost.ts';
import { type Day, later } from '../domain/day.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Note, ReadingFault } from '../vendor/contract/contract.ts';
import { incompleteness, type Part } from '../vendor/part.ts';
import type { Coverage } from './planning/cover.ts';
import type { CostQuery } from './query/query.ts';
import type { Slice } from './rows/slice.ts';
import type { StoredMonth } from './segments/segment-store.ts';
import type { SegmentWriter } from './segments/segment-writer.ts';

export const note = (code: string, message: string): Note => ({ code, message });

/** The cost type that is served: the requested one if the vendor has it, else billed, else the first. */
export const servedCostType = (known: readonly CostType[], requested: CostType): CostType => {
  if (known.includes(requested)) return requested;
  return known.includes('billed') ? 'billed' : (known[0] ?? 'billed');
};

/** Notes on cost types that this vendor does not have. */
export const costTypeNotes = (connection: Connection, query: CostQuery): Note[] => {
  const { costTypes } = connection.connector.capabilities.costs;
  if (costTypes.length === 1)
    return [note('single-cost-figure', `${connection.title} has one cost figure; it stands for every cost type`)];
  if (costTypes.includes(query.costType)) return [];
  return [
    note(
      'cost-type-unavailable',
      `${connection.title} has no ${query.costType} cost; its ${servedCostType(costTypes, query.costType)} cost is used`,
    ),
  ];
};

const uniqueNotes = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map((each) => [`${each.code} ${each.message}`, each])).values(),
];

export const unsupportedPart = (connection: Connection, coverage: Coverage & { ok: false }): Part<Slice[]> => ({
  value: [],
  state: 'unsupported',
  notes: [],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: new Failure('capability-unsupported', {
    public: `${connection.title} cannot filter by ${coverage.filters.join(' and ') || 'this combination of dimensions'}, so none of its cost is in this answer.`,
  }),
});

/** One connection's part, made from its stored months. Throws when a fetch failed and no day is stored. */
export const partOf = (
  segmentWriter: Pick<SegmentWriter, 'completeThrough'>,
  connection: Connection,
  months: readonly StoredMonth[],
  notes: readonly Note[],
  missing: Part<unknown>['missing'],
): Part<Slice[]> => {
  const failure = months.find((each) => each.failure !== null)?.failure ?? null;
  const beyondHistory = months.flatMap((each) => each.beyondHistory).sort();
  const missingDays = months.flatMap((each) => each.absent).sort();
  const noDays = months.every((each) => each.absent.length > 0 && blocksUsed(each).length === 0);
  if (failure !== null && noDays && months.length > 0) throw failure;
  const faults: ReadingFault[] = months.flatMap((each) => blocksUsed(each).flatMap(([, block]) => [...block.faults]));
  const incomplete = incompleteness([
    ...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values(),
  ]);
  const latest = [...months].sort((left, right) => (left.need.month < right.need.month ? 1 : -1))[0];
  const readTimes = latest === undefined ? [] : blocksUsed(latest).map(([, block]) => block.asOf);
  const reported = [
    segmentWriter.completeThrough(connection),
    ...months.map((each) => each.segment?.completeThrough ?? null),
  ].filter((day) => day !== null);
  return {
    value: months.flatMap((each) => sliceOf(connection, each, missing)),
    state: stateOf(missingDays.length + beyondHistory.length > 0 || incomplete !== null, failure !== null),
    notes: uniqueNotes([...notes, ...months.flatMap((each) => each.segment?.notes ?? [])]),
    asOf: readTimes.length === 0 ? null : Math.min(...readTimes),
    completeThrough: reported.length === 0 ? null : reported.reduce(later),
    missing,
    failure:
      missingDays.length > 0 && failure !== null
        ? withMissingRange(failure, missingDays)
        : (failure ?? incomplete ?? keptNoLonger(connection, beyondHistory)),
  };
};

const stateOf = (partial: boolean, failed: boolean): Part<unknown>['state'] => {
  if (partial) return 'partial';
  return failed ? 'stale' : 'fresh';
};

const blocksUsed = (month: StoredMonth) =>
  [...(month.segment?.blocks ?? [])].filter(
    ([day]) =>
      !month.absent.includes(day) &&
      (month.source.cube.grain === 'monthly' || (day >= month.need.start && day < month.need.end)),
  );

const sliceOf = (connection: Connection, month: StoredMonth, missing: Part<unknown>['missing']): Slice[] => {
  if (month.segment === null) return [];
  const segment = month.absent.length === 0 ? month.segment : { ...month.segment, blocks: new Map(blocksUsed(month)) };
  const { start, end } = month.need;
  const { grain } = month.source.cube;
  return [{ provider: connection.provider, connection: connection.id, segment, grain, start, end, missing }];
};

/** Days that are older than what the vendor keeps; null where there are none. */
const keptNoLonger = ({ title, connector }: Connection, days: readonly Day[]): Failure | null =>
  days.length === 0
    ? null
    : withMissingRange(
        new Failure('vendor-incomplete', {
          public: `${title} keeps daily figures for ${connector.capabilities.costs.historyDays} days.`,
        }),
        days,
      );

const withMissingRange = (failure: Failure, absent: readonly Day[]): Failure =>
  new Failure(failure.kind, {
    ...failure.details,
    public: `${failure.details.public} ${absent.length} days between ${absent[0]} and ${absent.at(-1)} are missing.`,
  });
