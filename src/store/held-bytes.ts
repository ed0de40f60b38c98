import type { Turns } from '../domain/turns.ts';

/** Memory of an empty object, array or text, and of one reference, in V8 without compressed pointers. */
const objectBytes = 24;
const arrayBytes = 48;
const textBytes = 16;
const referenceBytes = 8;
/** Objects get this much room for fields when they are made. */
const fieldsMin = 4;
/** Longer lists are estimated by as many of their items, evenly spread. */
const itemsReadMax = 2_000;

const wordsOf = (bytes: number): number => referenceBytes * Math.ceil(bytes / referenceBytes);

const sizeOf = (value: unknown, seen: Set<string>): number => {
  if (typeof value === 'string') {
    if (seen.has(value)) return 0;
    seen.add(value);
    return textBytes + wordsOf(Buffer.byteLength(value));
  }
  if (typeof value === 'bigint') return textBytes + wordsOf(value.toString(16).length / 2);
  if (Array.isArray(value)) return listSize(value, seen);
  if (typeof value !== 'object' || value === null) return 0;
  const fields = Object.values(value);
  let bytes = objectBytes + referenceBytes * Math.max(fieldsMin, fields.length);
  for (const field of fields) bytes += sizeOf(field, seen);
  return bytes;
};

const readStep = (items: readonly unknown[]): number => Math.ceil(items.length / itemsReadMax);

const listTotal = (items: readonly unknown[], bytes: number, read: number): number =>
  arrayBytes + referenceBytes * items.length + (read === 0 ? 0 : Math.ceil((bytes / read) * items.length));

const listSize = (items: readonly unknown[], seen: Set<string>): number => {
  const step = readStep(items);
  let bytes = 0;
  let read = 0;
  for (let at = 0; at < items.length; at += step) {
    bytes += sizeOf(items[at], seen);
    read += 1;
  }
  return listTotal(items, bytes, read);
};

/** As `heldBytes` of a long list, with turns for others between its items. */
export const listBytesInTurns = async (items: readonly unknown[], turns: Turns): Promise<number> => {
  const seen = new Set<string>();
  const step = readStep(items);
  let bytes = 0;
  let read = 0;
  for (let at = 0; at < items.length; at += step) {
    bytes += sizeOf(items[at], seen);
    read += 1;
    if (turns.due()) await turns.next();
  }
  return listTotal(items, bytes, read);
};

/** Estimated memory of plain data. Equal texts are counted once, because the values of rows share theirs. */
export const heldBytes = (value: unknown): number => sizeOf(value, new Set());
