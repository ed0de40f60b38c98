import { z } from 'zod';
import { type Day, monthOf } from '../../domain/day.ts';
import { type Block, type Segment, type SegmentKey, segmentLayout } from './segment.ts';

const storedSchema = z.object({
  layout: z.literal(segmentLayout),
  dictionaries: z.array(z.array(z.string().nullable())),
  currencies: z.array(z.string()),
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
    }),
  ),
});

export const encodeSegment = (segment: Segment): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      layout: segmentLayout,
      dictionaries: segment.dictionaries,
      currencies: segment.currencies,
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
      })),
    }),
  );

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
        units: block.units === '' ? [] : block.units.split(' ').map((text) => BigInt(text)),
        currencies: Uint32Array.from(block.currencies),
        codes: block.codes.map((column) => Uint32Array.from(column)),
        faults: block.faults,
      },
    ]);
    const consistent = blocks.every(
      ([day, block]) =>
        monthOf(day) === key.month &&
        block.scale >= 0 &&
        block.currencies.every((code) => code < stored.data.currencies.length) &&
        block.codes.every((column, index) =>
          column.every((code) => code < (stored.data.dictionaries[index]?.length ?? 0)),
        ) &&
        block.currencies.length === block.units.length &&
        block.codes.length === key.dimensions.length &&
        block.codes.every((column) => column.length === block.units.length),
    );
    if (!consistent) return null;
    const { dictionaries, currencies, labels, notes, completeThrough } = stored.data;
    return { key, dictionaries, currencies, labels, notes, completeThrough, blocks: new Map(blocks) };
  } catch {
    return null;
  }
};
