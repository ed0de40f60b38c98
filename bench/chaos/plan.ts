/** The options of every scenario. */
export interface Plan {
  readonly seed: string;
  /** The short form for the test suite, a few seconds in total. */
  readonly short: boolean;
  readonly redisUrl: string | null;
}
