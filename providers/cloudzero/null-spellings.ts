/** How the vendor writes a group that has no value. */
export const nullSpellings: ReadonlySet<string> = new Set(['__NULL_PARTITION_VALUE__', '']);
