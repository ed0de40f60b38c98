/** What every scenario is told. */
export interface Plan {
  readonly seed: string;
  /** The form for the test suite: a few seconds in all. */
  readonly short: boolean;
  readonly redisUrl: string | null;
}
