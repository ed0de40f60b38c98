/**
 * The options of an `LRUCache` of at most so many entries. Its own `max` allocates room for all of them at once, which
 * takes milliseconds and megabytes at every start; a sum of sizes grows with what is held.
 */
export const entriesMax = (count: number) => ({ maxSize: count, sizeCalculation: () => 1 });
