import type { ReadingFault } from '../../src/vendor/kit/index.ts';

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
