import type { CostType } from '../../domain/cost.ts';
import type { Day, Month } from '../../domain/day.ts';
import type { Dimension } from '../../domain/dimension.ts';
import { readCurrency } from '../../domain/money.ts';
import type { Turns } from '../../domain/turns.ts';
import type { Note, ReadingFault, SourceCost } from '../../vendor/contract/contract.ts';
import { Interner } from './interner.ts';
import { buildQuantities, type QuantityColumn } from './quantity-column.ts';
import { noAmount, parseAmount, type ScaledAmount, unitsAt } from './scaled-amount.ts';

/** Identifies a segment: one month of one cube with one set of dimensions. */
export interface SegmentKey {
  readonly storageKey: string;
  readonly cube: string;
  /** In the order of the rows' values. */
  readonly dimensions: readonly Dimension[];
  readonly costType: CostType;
  readonly month: Month;
  /** What of the connection's edition its figures depend on, where that differs by month. */
  readonly edition?: string;
}

/** The rows of one day, or of the month for a monthly cube, by column. An amount is `units` at `scale`. */
export interface Block {
  readonly asOf: number;
  readonly scale: number;
  readonly units: readonly bigint[];
  readonly currencies: Uint32Array;
  /** One column per dimension, with positions in the segment's dictionaries. */
  readonly codes: readonly Uint32Array[];
  readonly faults: readonly ReadingFault[];
  /** What was used, row by row; absent where the vendor told it of no row. */
  readonly quantities?: QuantityColumn;
}

export interface Segment {
  readonly key: SegmentKey;
  readonly dictionaries: readonly Dictionary[];
  readonly currencies: readonly string[];
  /** Units of quantities, each once; null stands for rows without a quantity. Absent where no row has one. */
  readonly quantityUnits?: Dictionary;
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly notes: readonly Note[];
  /** The last day that the vendor had fully reported at the last read; null if it does not report that. */
  readonly completeThrough: Day | null;
  /** A block without rows means a day without cost. */
  readonly blocks: ReadonlyMap<Day, Block>;
}

/** The values of one dimension, each once. */
export type Dictionary = readonly (string | null)[];

/** Change it with the stored layout; older bytes are then a cache miss. */
export const segmentLayout = 1;

export const segmentFamily = (key: Omit<SegmentKey, 'month' | 'dimensions'>): string =>
  `segment/${segmentLayout}/${key.storageKey}/${key.cube}/${key.costType}`;
export const segmentName = (key: SegmentKey): string =>
  `${segmentFamily(key)}/${key.month}${key.edition === undefined ? '' : `~${encodeURIComponent(key.edition)}`}/${encodeURIComponent(JSON.stringify(key.dimensions))}`;

export interface SegmentReading {
  readonly asOf: number;
  /** Every requested day of this month, with or without rows. */
  readonly days: readonly Day[];
  readonly rows: readonly SourceCost[];
  readonly notes: readonly Note[];
  readonly faults: readonly ReadingFault[];
  readonly labels: Segment['labels'];
  readonly completeThrough: Day | null;
}

export interface Merged {
  readonly segment: Segment;
  /** Faults of days that were not replaced, because they had been read without faults. */
  readonly refused: readonly ReadingFault[];
}

/**
 * The segment with the days of the reading replaced. Not replaced are days that were read later than the reading,
 * and days without faults where the reading has faults.
 */
export const mergeReading = async (
  key: SegmentKey,
  before: Segment | null,
  reading: SegmentReading,
  turns: Turns,
): Promise<Merged> => {
  const refused: ReadingFault[] = [];
  const interners = key.dimensions.map((_, index) => new Interner(before?.dictionaries[index] ?? []));
  const currencies = new Interner(before?.currencies ?? []);
  const quantityUnits = new Interner(before?.quantityUnits ?? []);
  let unreadableQuantities = 0;
  const byDay = new Map<Day, SourceCost[]>(reading.days.map((day) => [day, []]));
  for (const row of reading.rows) {
    byDay.get(row.day)?.push(row);
    if (turns.due()) await turns.next();
  }
  const blocks = new Map(before?.blocks ?? []);
  for (const [day, rows] of byDay) {
    const known = blocks.get(day);
    const faults = reading.faults.filter((fault) => fault.day === undefined || fault.day === day);
    const columns = { interners, currencies, quantityUnits };
    const { block, unreadable } = await buildBlock(rows, columns, reading.asOf, faults, turns);
    unreadableQuantities += unreadable;
    if (known !== undefined && known.asOf > block.asOf) continue;
    if (known !== undefined && block.faults.length > 0 && known.faults.length === 0) refused.push(...block.faults);
    else blocks.set(day, block);
  }
  const segment: Segment = {
    key,
    dictionaries: interners.map((interner) => interner.values),
    currencies: currencies.values.map((value) => value ?? ''),
    ...(quantityUnits.values.length === 0 ? {} : { quantityUnits: quantityUnits.values }),
    labels: mergeLabels(before?.labels ?? {}, reading.labels),
    notes: mergeNotes(
      isReadAgain(before, reading) ? [] : (before?.notes ?? []),
      unreadableQuantities === 0 ? reading.notes : [...reading.notes, unreadableQuantity(key)],
    ),
    completeThrough: latest(before?.completeThrough ?? null, reading.completeThrough),
    blocks: new Map([...blocks].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
  return { segment, refused };
};

/** The segment with more faults on these days. */
export const withFaults = (segment: Segment, days: readonly Day[], faults: readonly ReadingFault[]): Segment => ({
  ...segment,
  blocks: new Map(
    [...segment.blocks].map(([day, block]) => [
      day,
      days.includes(day) ? { ...block, faults: [...block.faults, ...faults] } : block,
    ]),
  ),
});

/** Whether all stored days were read again, so that what was noted about them is outdated. */
const isReadAgain = (before: Segment | null, { days }: SegmentReading): boolean =>
  before !== null && [...before.blocks.keys()].every((day) => days.includes(day));

const mergeNotes = (before: readonly Note[], more: readonly Note[]): Note[] => [
  ...new Map([...before, ...more].map((note) => [`${note.code} ${note.message}`, note])).values(),
];

const latest = (left: Day | null, right: Day | null): Day | null => {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
};

const mergeLabels = (before: Segment['labels'], more: Segment['labels']): Segment['labels'] =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(more)])].map((dimension) => [
      dimension,
      { ...before[dimension], ...more[dimension] },
    ]),
  );

/** Costs are whole without their quantities, so what cannot be read of those is a note and no fault. */
const unreadableQuantity = ({ month }: SegmentKey): Note => ({
  code: 'quantity-unreadable',
  message: `some quantities of ${month} are no decimals or have no unit; those charges stand without one`,
});

interface Interners {
  readonly interners: readonly Interner[];
  readonly currencies: Interner;
  readonly quantityUnits: Interner;
}

const buildBlock = async (
  rows: readonly SourceCost[],
  { interners, currencies, quantityUnits }: Interners,
  asOf: number,
  faults: readonly ReadingFault[],
  turns: Turns,
): Promise<{ readonly block: Block; readonly unreadable: number }> => {
  const readable: SourceCost[] = [];
  const amounts: ScaledAmount[] = [];
  let scale = 0;
  for (const row of rows) {
    if (turns.due()) await turns.next();
    const amount = parseAmount(row.amount);
    if (amount === null) continue;
    readable.push(row);
    amounts.push(amount);
    scale = Math.max(scale, amount.scale);
  }
  const lost = rows.length - readable.length;
  const { column, unreadable } = await buildQuantities(readable, quantityUnits, turns);
  const units: bigint[] = [];
  const currencyCodes = new Uint32Array(readable.length);
  const codes = interners.map(() => new Uint32Array(readable.length));
  for (const [at, row] of readable.entries()) {
    if (turns.due()) await turns.next();
    units.push(unitsAt(amounts[at] ?? noAmount, scale));
    currencyCodes[at] = currencies.code(readCurrency(row.currency) ?? row.currency);
    for (const [index, interner] of interners.entries()) {
      const own = codes[index];
      if (own !== undefined) own[at] = interner.code(row.values[index] ?? null);
    }
  }
  const block: Block = {
    asOf,
    scale,
    units,
    currencies: currencyCodes,
    codes,
    faults: lost === 0 ? faults : [...faults, { path: 'rows', message: `${lost} amounts are no decimals` }],
    ...(column === null ? {} : { quantities: column }),
  };
  return { block, unreadable };
};

/** The rows of a block. */
export function* blockRows(
  segment: Segment,
  block: Block,
): Generator<{ values: (string | null)[]; amount: ScaledAmount; currency: string }> {
  for (const [row, units] of block.units.entries()) {
    yield {
      values: block.codes.map((column, index) => segment.dictionaries[index]?.[column[row] ?? -1] ?? null),
      amount: { units, scale: block.scale },
      currency: segment.currencies[block.currencies[row] ?? -1] ?? '',
    };
  }
}
