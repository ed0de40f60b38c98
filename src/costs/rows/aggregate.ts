import { type Day, earlier, later, type Month, monthEnd, monthOf, monthStart } from '../../domain/day.ts';
import type { GroupKey } from '../../domain/dimension.ts';
import type { Turns } from '../../domain/turns.ts';
import type { CostQuery } from '../query/query.ts';
import { powerOfTen, scaleOf } from '../segments/scaled-amount.ts';
import type { Block, Segment } from '../segments/segment.ts';
import { addCell, type Cell, cellKey } from './cell.ts';
import { type CellBound, checkCells } from './cells-max.ts';
import { probe } from './probe.ts';
import { addQuantities, type Quantity, type QuantityReader, quantityReader } from './quantity.ts';
import { blocksOf, type Slice } from './slice.ts';

/** Gives the first day of the span in which the same rate applies as on this day. */
export type RateSpan = (day: Day) => Day;
/** Without conversion all days are one span. */
export const oneSpan: RateSpan = () => '';

const bucketOf = (granularity: CostQuery['granularity'], day: Day): string => {
  if (granularity === 'daily') return day;
  return granularity === 'monthly' ? monthOf(day) : '';
};

/** For each code of a column 1 if its value passes the filter, else 0. */
const maskOf = (segment: Segment, position: number, wanted: ReadonlySet<string | null>): Uint8Array =>
  Uint8Array.from(segment.dictionaries[position] ?? [], (value) => (wanted.has(value) ? 1 : 0));

/** Sums the slices exactly by bucket, group and currency. Throws `question-too-large` beyond the bound of cells. */
export const aggregate = async (
  query: CostQuery,
  slices: readonly Slice[],
  rateSpan: RateSpan,
  turns: Turns,
  cellsMax: number,
): Promise<Cell[]> => {
  const cells = new Map<string, Cell>();
  const list: Cell[] = [];
  const sum = (part: Slice, bound: CellBound) => aggregateSlice(query, part, rateSpan, turns, bound);
  const countAll = async (part: Slice) => (await sum(part, noBound)).length;
  const bound = { most: cellsMax, estimate: await probe(query, slices, cellsMax, turns, countAll) };
  for (const slice of slices) {
    for (const cell of await sum(slice, bound)) {
      const key = cellKey(cell.bucket, cell.currency, cell.rateFrom, cell.values);
      const known = cells.get(key);
      if (known === undefined) {
        cells.set(key, cell);
        list.push(cell);
        checkCells(list.length, bound);
      } else addCell(known, cell);
      if (turns.due()) await turns.next();
    }
  }
  return list;
};

const noBound: CellBound = { most: Number.POSITIVE_INFINITY, estimate: 0 };

interface Column {
  readonly position: number;
  readonly size: number;
}

const aggregateSlice = async (
  query: CostQuery,
  slice: Slice,
  rateSpan: RateSpan,
  turns: Turns,
  bound: CellBound,
): Promise<Cell[]> => {
  const { segment } = slice;
  const positionOf = (key: GroupKey) => segment.key.dimensions.map(String).indexOf(key);
  const groupPosition = (key: GroupKey) => (slice.missing.some((each) => each === key) ? -1 : positionOf(key));
  const masks = [...(slice.filters ?? query.filters)]
    .map(([key, wanted]) => ({ position: positionOf(key), wanted: new Set(wanted) }))
    .filter(({ position }) => position !== -1)
    .map(({ position, wanted }) => ({ position, mask: maskOf(segment, position, wanted) }));
  const columns: Column[] = query.groupBy
    .map((key) => groupPosition(key))
    .filter((position) => position !== -1)
    .map((position) => ({ position, size: segment.dictionaries[position]?.length ?? 0 }));
  const blocks = blocksOf(slice);
  const scale = scaleOf(blocks.map(([, block]) => block));

  const cells: Cell[] = [];
  const buckets = new Map<string, { bucket: string; rateFrom: Day; sums: Sums }>();
  let count = 0;
  for (const [day, block] of blocks) {
    const bucket = bucketOf(query.granularity, day);
    const rateFrom = rateSpan(day);
    const name = `${bucket} ${rateFrom}`;
    const entry = buckets.get(name) ?? { bucket, rateFrom, sums: new Map() };
    buckets.set(name, entry);
    const quantityIn = query.quantities === true ? quantityReader(segment, block) : null;
    const before = entry.sums.size;
    await addBlock(block, scale, columns, masks, segment.currencies.length, entry.sums, quantityIn, turns);
    count += entry.sums.size - before;
    checkCells(count, bound);
  }
  const readers = query.groupBy.map((key): ((codes: readonly number[]) => string | null) => {
    if (key === 'provider') return () => slice.provider;
    if (key === 'connection') return () => slice.connection;
    const position = groupPosition(key);
    const column = columns.findIndex((each) => each.position === position);
    return (codes) => segment.dictionaries[position]?.[codes[column] ?? -1] ?? null;
  });
  for (const { bucket, rateFrom, sums } of buckets.values()) {
    for (const { units, codes, currency, quantity } of sums.values()) {
      if (turns.due()) await turns.next();
      const values = readers.map((read) => read(codes));
      cells.push({
        bucket,
        rateFrom,
        connection: slice.connection,
        currency: segment.currencies[currency] ?? '',
        values,
        amount: { units, scale },
        ...(quantity === undefined ? {} : { quantity }),
      });
    }
  }
  return cells;
};

interface Sum {
  units: bigint;
  readonly codes: readonly number[];
  readonly currency: number;
  /** Absent where the query does not ask for it. */
  quantity?: Quantity;
}
/** Keyed by the codes of the row: as one number, or as a text where that number would not be a safe integer. */
type Sums = Map<number | string, Sum>;

const addBlock = async (
  block: Block,
  scale: number,
  columns: readonly Column[],
  masks: readonly { position: number; mask: Uint8Array }[],
  currencies: number,
  sums: Sums,
  quantityIn: QuantityReader | null,
  turns: Turns,
): Promise<void> => {
  const factor = powerOfTen(scale - block.scale);
  const filters = masks.map(({ position, mask }) => ({ column: block.codes[position], mask }));
  const groups = columns.map(({ position, size }) => ({ column: block.codes[position], size }));
  const foldable = columns.reduce((product, { size }) => product * size, currencies) < Number.MAX_SAFE_INTEGER;
  for (let row = 0; row < block.units.length; row += 1) {
    if (turns.due()) await turns.next();
    let passes = true;
    for (const { column, mask } of filters) if (mask[column?.[row] ?? 0] !== 1) passes = false;
    if (!passes) continue;
    const currency = block.currencies[row] ?? 0;
    let key: number | string = currency;
    if (foldable) for (const { column, size } of groups) key = key * size + (column?.[row] ?? 0);
    else key = [currency, ...groups.map(({ column }) => column?.[row] ?? 0)].join(' ');
    const units = factor === 1n ? (block.units[row] ?? 0n) : (block.units[row] ?? 0n) * factor;
    const known = sums.get(key);
    const sum: Sum = known ?? { units, codes: groups.map(({ column }) => column?.[row] ?? 0), currency };
    if (known === undefined) sums.set(key, sum);
    else known.units += units;
    if (quantityIn !== null) sum.quantity = addQuantities(sum.quantity, quantityIn(row));
  }
};

/** The days of a bucket, clipped to the range of the query. */
export const bucketSpan = (query: CostQuery, bucket: string, end: Day): { start: Day; end: Day } => {
  if (query.granularity === 'daily')
    return { start: bucket, end: Temporal.PlainDate.from(bucket).add({ days: 1 }).toString() };
  if (query.granularity === 'total') return { start: query.start, end };
  const month: Month = bucket;
  return {
    start: later(monthStart(month), query.start),
    end: earlier(monthEnd(month), end),
  };
};
