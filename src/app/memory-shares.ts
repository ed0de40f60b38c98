/** What each cache in memory may take of `CACHE_MAX_BYTES`. */
export interface MemoryShares {
  /** Vendors' figures, in front of the store. */
  readonly segments: number;
  /** Snapshots of answers with more than one page, rows that were arranged for questions, and lists of vendors. */
  readonly kept: number;
  /** Finished answers as bytes. */
  readonly answers: number;
  /** The last values of the store, for the time in which it is lost. */
  readonly mirror: number;
}

/** Half for segments, because every answer is made from them; an eighth for answers, because they live for seconds. */
export const memoryShares = (bytesMax: number): MemoryShares => {
  const segments = Math.floor(bytesMax / 2);
  const answers = Math.floor(bytesMax / 8);
  const mirror = Math.floor(bytesMax / 16);
  return { segments, answers, mirror, kept: bytesMax - segments - answers - mirror };
};
