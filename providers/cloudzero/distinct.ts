import type { ReadingFault } from '../../src/vendor/kit/index.ts';

/** Keeps the first item of each id. Equal repetitions are counted; an item that differs from the first is a fault. */
export const distinctById = <Item extends { readonly nativeId: string }>(
  items: readonly Item[],
  list: string,
): { readonly items: Item[]; readonly repeated: number; readonly faults: ReadingFault[] } => {
  const kept = new Map<string, Item>();
  const faults: ReadingFault[] = [];
  let repeated = 0;
  for (const item of items) {
    const before = kept.get(item.nativeId);
    if (before === undefined) kept.set(item.nativeId, item);
    else if (JSON.stringify(before) === JSON.stringify(item)) repeated += 1;
    else
      faults.push({
        path: `${list}(id=${item.nativeId})`,
        message: 'came twice with different content; the first is kept',
      });
  }
  return { items: [...kept.values()], repeated, faults };
};
