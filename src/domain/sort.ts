import type { Turns } from './turns.ts';

/** So many items are sorted at once. */
const runLength = 512;

/** The items in order, as `Array.prototype.toSorted` gives them: equal items stay in their order. */
export const sortInTurns = async <Item extends object>(
  items: readonly Item[],
  compare: (left: Item, right: Item) => number,
  turns: Turns,
): Promise<Item[]> => {
  const sorted: Item[] = [];
  for (let at = 0; at < items.length; at += runLength) {
    for (const item of items.slice(at, at + runLength).sort(compare)) {
      sorted.push(item);
      if (turns.due()) await turns.next();
    }
  }
  let from = sorted;
  for (let length = runLength; length < items.length; length *= 2) {
    const to: Item[] = [];
    for (let start = 0; start < items.length; start += 2 * length) {
      const middle = Math.min(start + length, items.length);
      const end = Math.min(start + 2 * length, items.length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at += 1) {
        if (turns.due()) await turns.next();
        const one = from[left];
        const other = from[right];
        if (left < middle && one !== undefined && (right >= end || other === undefined || compare(one, other) <= 0)) {
          to.push(one);
          left += 1;
        } else if (other !== undefined) {
          to.push(other);
          right += 1;
        }
      }
    }
    from = to;
  }
  return from;
};
