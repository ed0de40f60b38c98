import type { AskOptions } from '../costs/engine.ts';
import type { Consumer } from '../domain/consumer.ts';

/** What services need of a request besides its parameters. */
export interface Ask {
  readonly consumer: Consumer;
  readonly noCache: boolean;
  /** A value of the monotonic clock. */
  readonly deadline: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** What the cost engine is told of a request. */
export const askOptions = ({ noCache, deadline, signal }: Ask, strict: boolean): AskOptions => ({
  strict,
  noCache,
  deadline,
  ...(signal === undefined ? {} : { signal }),
});

/** Parameters of every list. */
export interface ListParameters {
  readonly provider?: readonly string[] | undefined;
  readonly connection?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly strict?: boolean | undefined;
}

export const limitDefault = 100;

/** The canonical question of a list; null when only a cursor was given. */
export const questionOf = (
  name: string,
  { limit: _limit, cursor, strict: _strict, ...asked }: ListParameters,
): string | null => {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return cursor !== undefined && given.length === 0
    ? null
    : `${name} ${JSON.stringify(given.sort(([left], [right]) => (left < right ? -1 : 1)))}`;
};
