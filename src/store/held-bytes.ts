/** Memory of an empty object, array or text, and of one reference, in V8 without compressed pointers. */
const objectBytes = 24;
const arrayBytes = 48;
const textBytes = 16;
const referenceBytes = 8;
/** Objects get this much room for fields when they are made. */
const fieldsMin = 4;
/** Longer lists are estimated by as many of their items, evenly spread. */
const itemsReadMax = 10_000;

/**
 * Estimated memory of plain data. A text is counted wherever it occurs, although equal values often share theirs, so
 * the estimate is rather too high than too low.
 */
export const heldBytes = (value: unknown): number => {
  if (typeof value === 'string') return textBytes + referenceBytes * Math.ceil(Buffer.byteLength(value) / 8);
  if (typeof value === 'bigint') return textBytes + referenceBytes * Math.ceil(value.toString(16).length / 16);
  if (Array.isArray(value)) return listBytes(value);
  if (typeof value !== 'object' || value === null) return 0;
  const fields = Object.values(value);
  let bytes = objectBytes + referenceBytes * Math.max(fieldsMin, fields.length);
  for (const field of fields) bytes += heldBytes(field);
  return bytes;
};

const listBytes = (items: readonly unknown[]): number => {
  const step = Math.ceil(items.length / itemsReadMax);
  let bytes = 0;
  let read = 0;
  for (let at = 0; at < items.length; at += step) {
    bytes += heldBytes(items[at]);
    read += 1;
  }
  return arrayBytes + referenceBytes * items.length + (read === 0 ? 0 : Math.ceil((bytes / read) * items.length));
};
