/** What each cache in memory may take of `CACHE_MAX_BYTES`. */
export interface MemoryShares {
  /** Vendors' figures, in front of the store. */
  readonly segments: number;
  /** Snapshots of answers with more than one page, rows that were arranged for questions, and lists of vendors. */
  readonly kept: number;
  /** Finished answers as bytes. */
  readonly answers: number;
}

/** Half for segments, because every answer is made from them; an eighth for answers, because they live for seconds. */
export const memoryShares = (bytesMax: number): MemoryShares => {
  const segments = Math.floor(bytesMax / 2);
  const answers = Math.floor(bytesMax / 8);
  return { segments, answers, kept: bytesMax - segments - answers };
};
