import type { z } from 'zod';
import { decodeItems, type Failure, type ReadingFault } from '../../src/vendor/kit/index.ts';
import { concernsOneOperation } from './failures.ts';

export interface Decoded<Item> {
  readonly items: readonly Item[];
  readonly faults: readonly ReadingFault[];
}

/** A failure that leaves the rest readable, as a fault of the reading. */
export const faultFromFailure = (path: string, failure: Failure): ReadingFault => ({
  path,
  message: failure.details.public,
});

/** A call whose failure costs its own part only. */
export const readPart = async <Item>(where: string, read: () => Promise<Decoded<Item>>): Promise<Decoded<Item>> => {
  try {
    return await read();
  } catch (thrown) {
    if (!concernsOneOperation(thrown)) throw thrown;
    return { items: [], faults: [faultFromFailure(where, thrown)] };
  }
};

/** Every item once by its key. A key that comes again with other content is a fault; the first stays. */
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

/** One value of a map: none or one item, and the fault that says where under its key it does not fit. */
export const decodeEntry = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
): Decoded<z.output<Schema>> => {
  const { items, faults } = decodeItems(schema, [value], where);
  const first = `${where}[0]`;
  return { items, faults: faults.map((fault) => ({ ...fault, path: `${where}${fault.path.slice(first.length)}` })) };
};
