import { z } from 'zod';
import { type Day, monthOf } from '../../domain/day.ts';
import type { QuantityColumn } from './quantity-column.ts';
import { type Block, type Segment, type SegmentKey, segmentLayout } from './segment.ts';

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
      currencies: z.array(z.int()),
      codes: z.array(z.array(z.int())),
      faults: z.array(z.object({ path: z.string(), message: z.string(), day: z.string().optional() })),
      quantities: z.object({ scale: z.int(), units: z.string(), codes: z.array(z.int()) }).optional(),
    }),
  ),
});

export const encodeSegment = (segment: Segment): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      layout: segmentLayout,
      dictionaries: segment.dictionaries,
      currencies: segment.currencies,
      quantityUnits: segment.quantityUnits,
      labels: segment.labels,
      notes: segment.notes,
      completeThrough: segment.completeThrough,
      blocks: [...segment.blocks].map(([day, block]) => ({
        day,
        asOf: block.asOf,
        scale: block.scale,
        units: block.units.join(' '),
        currencies: [...block.currencies],
        codes: block.codes.map((column) => [...column]),
        faults: block.faults,
        quantities: block.quantities && {
          scale: block.quantities.scale,
          units: block.quantities.units.join(' '),
          codes: [...block.quantities.codes],
        },
      })),
    }),
  );

const readUnits = (text: string): bigint[] => (text === '' ? [] : text.split(' ').map((each) => BigInt(each)));

/** Whether a column of quantities belongs to so many rows and so many units. */
const fits = (column: QuantityColumn | undefined, rows: number, units: number): boolean =>
  column === undefined ||
  (column.scale >= 0 &&
    column.units.length === rows &&
    column.codes.length === rows &&
    column.codes.every((code) => code < units));

/** Null for bytes that are not of this layout: they are a cache miss, not a fault. */
export const decodeSegment = (key: SegmentKey, bytes: Uint8Array): Segment | null => {
  try {
    const stored = storedSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!stored.success || stored.data.dictionaries.length !== key.dimensions.length) return null;
    const blocks = stored.data.blocks.map((block): [Day, Block] => [
      block.day,
      {
        asOf: block.asOf,
        scale: block.scale,
        units: readUnits(block.units),
        currencies: Uint32Array.from(block.currencies),
        codes: block.codes.map((column) => Uint32Array.from(column)),
        faults: block.faults,
        ...(block.quantities === undefined
          ? {}
          : {
              quantities: {
                scale: block.quantities.scale,
                units: readUnits(block.quantities.units),
                codes: Uint32Array.from(block.quantities.codes),
              },
            }),
      },
    ]);
    const { dictionaries, currencies, quantityUnits, labels, notes, completeThrough } = stored.data;
    const consistent = blocks.every(
      ([day, block]) =>
        monthOf(day) === key.month &&
        block.scale >= 0 &&
        block.currencies.every((code) => code < currencies.length) &&
        block.codes.every((column, index) => column.every((code) => code < (dictionaries[index]?.length ?? 0))) &&
        block.currencies.length === block.units.length &&
        block.codes.length === key.dimensions.length &&
        block.codes.every((column) => column.length === block.units.length) &&
        fits(block.quantities, block.units.length, quantityUnits?.length ?? 0),
    );
    if (!consistent) return null;
    return {
      key,
      dictionaries,
      currencies,
      ...(quantityUnits === undefined ? {} : { quantityUnits }),
      labels,
      notes,
      completeThrough,
      blocks: new Map(blocks),
    };
  } catch {
    return null;
  }
};
