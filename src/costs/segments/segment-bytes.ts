import { z } from 'zod';
import { type Day, monthOf } from '../../domain/day.ts';
import { longItem, type Turns } from '../../domain/turns.ts';
import { NestingTooDeep, parseInTurns } from '../../vendor/kit/json-in-turns.ts';
import type { QuantityColumn } from './quantity-column.ts';
import { type Block, type Dictionary, type Segment, type SegmentKey, segmentLayout } from './segment.ts';

/** Its items are checked in turns, where they are read. */
const column = z.custom<readonly unknown[]>((value) => Array.isArray(value));

const nestingMax = 10;

const storedSchema = z.object({
  layout: z.literal(segmentLayout),
  dictionaries: z.array(z.array(z.string().nullable())),
  currencies: z.array(z.string()),
  // Absent from segments that were stored before there were quantities.
  quantityUnits: z.array(z.string().nullable()).optional(),
  labels: z.record(z.string(), z.record(z.string(), z.string())),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  completeThrough: z.string().nullable(),
  blocks: z.array(
    z.object({
      day: z.string(),
      asOf: z.number(),
      scale: z.int(),
      units: z.string(),
      currencies: column,
      codes: z.array(column),
      faults: z.array(z.object({ path: z.string(), message: z.string(), day: z.string().optional() })),
      quantities: z.object({ scale: z.int(), units: z.string(), codes: column }).optional(),
    }),
  ),
});

/** Items that are made into text at once. */
const itemsAtOnce = 1_000;

/** The items as text, with a separator between them. */
const joinInTurns = async (
  items: readonly bigint[] | Uint32Array,
  separator: string,
  turns: Turns,
): Promise<string> => {
  const texts: string[] = [];
  for (let at = 0; at < items.length; at += itemsAtOnce) {
    texts.push(items.slice(at, at + itemsAtOnce).join(separator));
    if (turns.due(longItem)) await turns.next();
  }
  return texts.join(separator);
};

const listText = async (items: Uint32Array, turns: Turns): Promise<string> =>
  `[${await joinInTurns(items, ',', turns)}]`;

const valuesText = async (values: Dictionary, turns: Turns): Promise<string> => {
  const texts: string[] = [];
  for (let at = 0; at < values.length; at += itemsAtOnce) {
    texts.push(JSON.stringify(values.slice(at, at + itemsAtOnce)).slice(1, -1));
    if (turns.due(longItem)) await turns.next();
  }
  return `[${texts.join(',')}]`;
};

const namesText = async (names: Readonly<Record<string, string>>, turns: Turns): Promise<string> => {
  const texts: string[] = [];
  for (const [value, name] of Object.entries(names)) {
    texts.push(`${JSON.stringify(value)}:${JSON.stringify(name)}`);
    if (turns.due()) await turns.next();
  }
  return `{${texts.join(',')}}`;
};

const quantitiesText = async ({ scale, units, codes }: QuantityColumn, turns: Turns): Promise<string> =>
  `{"scale":${scale},"units":"${await joinInTurns(units, ' ', turns)}","codes":${await listText(codes, turns)}}`;

const blockText = async (day: Day, block: Block, turns: Turns): Promise<string> => {
  const codes: string[] = [];
  for (const each of block.codes) codes.push(await listText(each, turns));
  const members = [
    `"day":${JSON.stringify(day)}`,
    `"asOf":${block.asOf}`,
    `"scale":${block.scale}`,
    `"units":"${await joinInTurns(block.units, ' ', turns)}"`,
    `"currencies":${await listText(block.currencies, turns)}`,
    `"codes":[${codes.join(',')}]`,
    `"faults":${JSON.stringify(block.faults)}`,
    ...(block.quantities === undefined ? [] : [`"quantities":${await quantitiesText(block.quantities, turns)}`]),
  ];
  return `{${members.join(',')}}`;
};

export const encodeSegment = async (segment: Segment, turns: Turns): Promise<Uint8Array> => {
  const { currencies, quantityUnits, notes, completeThrough } = segment;
  const dictionaries: string[] = [];
  for (const values of segment.dictionaries) dictionaries.push(await valuesText(values, turns));
  const labels: string[] = [];
  for (const [dimension, names] of Object.entries(segment.labels)) {
    labels.push(`${JSON.stringify(dimension)}:${await namesText(names, turns)}`);
  }
  const members = [
    `"layout":${segmentLayout}`,
    `"dictionaries":[${dictionaries.join(',')}]`,
    `"currencies":${JSON.stringify(currencies)}`,
    ...(quantityUnits === undefined ? [] : [`"quantityUnits":${JSON.stringify(quantityUnits)}`]),
    `"labels":{${labels.join(',')}}`,
    `"notes":${JSON.stringify(notes)}`,
    `"completeThrough":${JSON.stringify(completeThrough)}`,
  ];
  const parts = [Buffer.from(`{${members.join(',')},"blocks":[`)];
  for (const [day, block] of segment.blocks) {
    parts.push(Buffer.from(`${parts.length > 1 ? ',' : ''}${await blockText(day, block, turns)}`));
    if (turns.due(longItem)) await turns.next();
  }
  return Buffer.concat([...parts, Buffer.from(']}')]);
};

/** Throws SyntaxError where a text is no whole number. */
const readUnits = async (text: string, turns: Turns): Promise<bigint[]> => {
  const units: bigint[] = [];
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(' ', from);
    const to = space === -1 ? text.length : space;
    units.push(BigInt(text.slice(from, to)));
    from = to + 1;
    if (turns.due()) await turns.next();
  }
  return units;
};

/** Null unless all items are positions below `positions`. */
const readCodes = async (items: readonly unknown[], positions: number, turns: Turns): Promise<Uint32Array | null> => {
  const codes = new Uint32Array(items.length);
  for (const [at, item] of items.entries()) {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0 || item >= positions) return null;
    codes[at] = item;
    if (turns.due()) await turns.next();
  }
  return codes;
};

type StoredSegment = z.output<typeof storedSchema>;
type StoredBlock = StoredSegment['blocks'][number];

const readQuantities = async (
  stored: NonNullable<StoredBlock['quantities']>,
  rows: number,
  names: number,
  turns: Turns,
): Promise<QuantityColumn | null> => {
  const codes = await readCodes(stored.codes, names, turns);
  const units = await readUnits(stored.units, turns);
  const fits = codes !== null && stored.scale >= 0 && units.length === rows && codes.length === rows;
  return fits ? { scale: stored.scale, units, codes } : null;
};

/** Null where its columns do not fit together. */
const readBlock = async (stored: StoredBlock, segment: StoredSegment, turns: Turns): Promise<Block | null> => {
  const { asOf, scale, faults } = stored;
  const units = await readUnits(stored.units, turns);
  const currencies = await readCodes(stored.currencies, segment.currencies.length, turns);
  if (scale < 0 || currencies === null || currencies.length !== units.length) return null;
  if (stored.codes.length !== segment.dictionaries.length) return null;
  const codes: Uint32Array[] = [];
  for (const [index, items] of stored.codes.entries()) {
    const own = await readCodes(items, segment.dictionaries[index]?.length ?? 0, turns);
    if (own === null || own.length !== units.length) return null;
    codes.push(own);
  }
  const block = { asOf, scale, units, currencies, codes, faults };
  if (stored.quantities === undefined) return block;
  const quantities = await readQuantities(stored.quantities, units.length, segment.quantityUnits?.length ?? 0, turns);
  return quantities === null ? null : { ...block, quantities };
};

/** Null for bytes that are not of this layout: they are a cache miss, not a fault. */
export const decodeSegment = async (key: SegmentKey, bytes: Uint8Array, turns: Turns): Promise<Segment | null> => {
  try {
    const stored = storedSchema.safeParse(await parseInTurns(bytes, nestingMax, turns));
    if (!stored.success || stored.data.dictionaries.length !== key.dimensions.length) return null;
    const blocks = new Map<Day, Block>();
    for (const each of stored.data.blocks) {
      const block = monthOf(each.day) === key.month ? await readBlock(each, stored.data, turns) : null;
      if (block === null) return null;
      blocks.set(each.day, block);
    }
    const { dictionaries, currencies, quantityUnits, labels, notes, completeThrough } = stored.data;
    return {
      key,
      dictionaries,
      currencies,
      ...(quantityUnits === undefined ? {} : { quantityUnits }),
      labels,
      notes,
      completeThrough,
      blocks,
    };
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof NestingTooDeep) return null;
    throw thrown;
  }
};
