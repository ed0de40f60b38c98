import type { z } from 'zod';
import { decodeItems, type Failure, type ReadingFault } from '../../src/vendor/kit/index.ts';
import { concernsOneOperation } from './failures.ts';

export interface Decoded<Item> {
  readonly items: readonly Item[];
  readonly faults: readonly ReadingFault[];
}

/** The failure of one part, as a fault of the reading. */
export const faultFromFailure = (path: string, failure: Failure): ReadingFault => ({
  path,
  message: failure.details.public,
});

/** Reads one part of a reading. If only this operation fails, the part is empty and the failure becomes its fault. */
export const readPart = async <Item>(where: string, read: () => Promise<Decoded<Item>>): Promise<Decoded<Item>> => {
  try {
    return await read();
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    return { items: [], faults: [faultFromFailure(where, thrown)] };
  }
};

/** Keeps the first item of each key. A later item with the same key and different content is a fault. */
export const distinctBy = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  where: string,
): { readonly items: Item[]; readonly faults: ReadingFault[] } => {
  const known = new Map<string, Item>();
  const faults: ReadingFault[] = [];
  for (const item of items) {
    const key = keyOf(item);
    const before = known.get(key);
    if (before === undefined) known.set(key, item);
    else if (JSON.stringify(before) !== JSON.stringify(item)) {
      faults.push({ path: `${where} ${key}`, message: 'comes twice with different content; the first was taken' });
    }
  }
  return { items: [...known.values()], faults };
};

/** Decodes one value of a map: one item, or none and faults whose paths begin with `where`. */
export const decodeEntry = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): Decoded<z.output<Schema>> => {
  const { items, faults } = decodeItems(schema, [value], where);
  const first = `${where}[0]`;
  return { items, faults: faults.map((fault) => ({ ...fault, path: `${where}${fault.path.slice(first.length)}` })) };
};
