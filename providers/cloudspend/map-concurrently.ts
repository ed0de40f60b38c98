export interface Settled<Result> {
  /** What succeeded, in the order of the items. */
  readonly results: readonly Result[];
  /** The first failure. */
  readonly thrown: { readonly reason: unknown } | null;
}

/**
 * Runs `work` for all items, at most `concurrencyMax` at once. After a failure no further item is started, and those
 * that are running are waited for.
 */
export const settleConcurrently = async <Item, Result>(
  items: readonly Item[],
  concurrencyMax: number,
  work: (item: Item) => Promise<Result>,
): Promise<Settled<Result>> => {
  const results = new Map<number, Result>();
  const queue = items.entries();
  let thrown: Settled<Result>['thrown'] = null;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (thrown !== null) return;
      try {
        results.set(index, await work(item));
      } catch (reason) {
        thrown ??= { reason };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrencyMax, items.length) }, worker));
  return { results: [...results].sort(([left], [right]) => left - right).map(([, result]) => result), thrown };
};

/** As `settleConcurrently`; throws the first failure. */
export const mapConcurrently = async <Item, Result>(
  items: readonly Item[],
  concurrencyMax: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const { results, thrown } = await settleConcurrently(items, concurrencyMax, work);
  if (thrown !== null) throw thrown.reason;
  return results;
};
