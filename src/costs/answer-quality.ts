import type { CostType } from '../domain/cost.ts';
import { type Day, later } from '../domain/day.ts';
import { Failure } from '../domain/failure/failure.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Note, ReadingFault } from '../vendor/contract/contract.ts';
import { incompleteness, type Part } from '../vendor/part.ts';
import type { Coverage } from './planning/cover.ts';
import type { CostQuery } from './query/query.ts';
import type { Slice } from './rows/aggregate.ts';
import type { StoredMonth } from './segments/segment-store.ts';
import type { SegmentWriter } from './segments/segment-writer.ts';

export const note = (code: string, message: string): Note => ({ code, message });

/** The figure that stands for a cost type: itself, else the billed one, else the only one there is. */
export const servedCostType = (known: readonly CostType[], asked: CostType): CostType => {
  if (known.includes(asked)) return asked;
  return known.includes('billed') ? 'billed' : (known[0] ?? 'billed');
};

/** What the provider has to say about its figures as such. */
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

export const unsupported = (connection: Connection, coverage: Coverage & { ok: false }): Part<Slice[]> => ({
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

/** How good one connection's part is, from what is held of each month. Throws when there is nothing at all. */
export const judge = (
  segmentWriter: Pick<SegmentWriter, 'completeThrough'>,
  connection: Connection,
  held: readonly StoredMonth[],
  notes: readonly Note[],
  missing: Part<unknown>['missing'],
): Part<Slice[]> => {
  const failure = held.find((each) => each.failure !== null)?.failure ?? null;
  const absent = held.flatMap((each) => each.absent).sort();
  const nothing = held.every((each) => each.absent.length > 0 && daysHeld(each) === 0);
  if (failure !== null && nothing && held.length > 0) throw failure;
  const faults: ReadingFault[] = held.flatMap((each) => blocksUsed(each).flatMap(([, block]) => [...block.faults]));
  const incomplete = incompleteness([
    ...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values(),
  ]);
  const latest = [...held].sort((left, right) => (left.need.month < right.need.month ? 1 : -1))[0];
  const asOfs = latest === undefined ? [] : blocksUsed(latest).map(([, block]) => block.asOf);
  const reported = [
    segmentWriter.completeThrough(connection),
    ...held.map((each) => each.segment?.completeThrough ?? null),
  ].filter((day) => day !== null);
  return {
    value: held.flatMap((each) => sliceOf(connection, each, missing)),
    state: stateOf(absent.length > 0 || incomplete !== null, failure !== null),
    notes: uniqueNotes([...notes, ...held.flatMap((each) => each.segment?.notes ?? [])]),
    asOf: asOfs.length === 0 ? null : Math.min(...asOfs),
    completeThrough: reported.length === 0 ? null : reported.reduce(later),
    missing,
    failure: absent.length > 0 && failure !== null ? namingRange(failure, absent) : (failure ?? incomplete),
  };
};

export const unconvertedNotes = (
  slices: readonly Slice[],
  connection: string,
  unconverted: readonly string[],
  currency: string,
): Note[] =>
  [...new Set(slices.filter((slice) => slice.connection === connection).flatMap((slice) => slice.segment.currencies))]
    .filter((from) => unconverted.includes(from))
    .map((from) =>
      note(
        'no-exchange-rate',
        `no rate from ${from} to ${currency} is known for some days; those rows stay in ${from}`,
      ),
    );

const stateOf = (partial: boolean, failed: boolean): Part<unknown>['state'] => {
  if (partial) return 'partial';
  return failed ? 'stale' : 'fresh';
};

const blocksUsed = (held: StoredMonth) =>
  [...(held.segment?.blocks ?? [])].filter(
    ([day]) =>
      !held.absent.includes(day) &&
      (held.source.cube.grain === 'monthly' || (day >= held.need.start && day < held.need.end)),
  );
const daysHeld = (held: StoredMonth): number => blocksUsed(held).length;

const sliceOf = (connection: Connection, held: StoredMonth, missing: Part<unknown>['missing']): Slice[] => {
  if (held.segment === null) return [];
  const segment = held.absent.length === 0 ? held.segment : { ...held.segment, blocks: new Map(blocksUsed(held)) };
  const { start, end } = held.need;
  const { grain } = held.source.cube;
  return [{ provider: connection.provider, connection: connection.id, segment, grain, start, end, missing }];
};

const namingRange = (failure: Failure, absent: readonly Day[]): Failure =>
  new Failure(failure.kind, {
    ...failure.details,
    public: `${failure.details.public} ${absent.length} days between ${absent[0]} and ${absent.at(-1)} are missing.`,
  });
