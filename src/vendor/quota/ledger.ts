import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Draw, Store } from '../../store/store.ts';
import type { QuotaLimit } from '../contract/contract.ts';
import { windowText } from './window-text.ts';

/** What a vendor call is for; decides how much of a quota it may use. */
export type Purpose = 'dashboard' | 'refresh' | 'export';

/** The share of a limit that calls of this purpose must leave unused. */
const reservedShare = { dashboard: 0, refresh: 0.25, export: 0.5 } as const satisfies Record<Purpose, number>;

export interface QuotaState {
  readonly name: string;
  readonly limit: number;
  /** ISO 8601 duration. */
  readonly window: string;
  readonly spent: number;
  readonly left: number;
  /**
   * RFC 3339. With units left: when the whole limit is available again. With none left: when the next unit is available.
   * Null while nothing is spent.
   */
  readonly resetsAt: string | null;
}

export interface Ledger {
  /** Charges one unit, or throws `quota-exhausted` with the wait until a unit is available for this purpose. */
  draw(name: string, purpose: Purpose): Promise<void>;
  /** Throws as `draw` would, and charges nothing. */
  check(name: string, purpose: Purpose): Promise<void>;
  state(): Promise<QuotaState[]>;
}

export interface LedgerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** What the vendor counts by, such as an organisation. */
  readonly owner: string;
  readonly quotas: readonly QuotaLimit[];
}

/** Counts the quotas of one owner in the store, for all replicas. A failed attempt stays charged. */
export const createLedger = ({ store, clock, owner, quotas }: LedgerOptions): Ledger => {
  const counterOf = (quota: QuotaLimit): string => `quota/1/${owner}/${quota.name}`;
  /** Rounded up to a second: time passes between the store's reading of the clock and ours. */
  const instantIn = (milliseconds: number): string =>
    instantText(Math.ceil((clock.now() + milliseconds) / 1000) * 1000);

  const find = (name: string): QuotaLimit => {
    const quota = quotas.find((candidate) => candidate.name === name);
    if (quota === undefined) throw new TypeError(`no quota is named ${name}`);
    return quota;
  };
  const grant = (quota: QuotaLimit, purpose: Purpose, draw: Draw): void => {
    if (draw.granted) return;
    const kept = reservedShare[purpose] === 0 ? '' : ` beyond the part kept for requests that somebody waits for`;
    throw new Failure('quota-exhausted', {
      public: `The quota "${quota.name}" of ${quota.limit} per ${windowText(quota.windowMs)} is spent${kept}. The next unit frees at ${instantIn(draw.freeInMs)}.`,
      retryAfterMs: draw.freeInMs,
    });
  };
  const windowFor = (quota: QuotaLimit, purpose: Purpose) => ({
    limit: Math.floor(quota.limit * (1 - reservedShare[purpose])),
    windowMs: quota.windowMs,
  });

  const stateOf = async (quota: QuotaLimit): Promise<QuotaState> => {
    const { spent, freeInMs } = await store.spent(counterOf(quota), quota);
    const left = Math.max(0, quota.limit - spent);
    // Under a limit of one, a unit is available once everything spent has left the window.
    const emptyInMs =
      left > 0 && spent > 0
        ? (await store.spent(counterOf(quota), { limit: 1, windowMs: quota.windowMs })).freeInMs
        : freeInMs;
    return {
      name: quota.name,
      limit: quota.limit,
      window: windowText(quota.windowMs),
      spent,
      left,
      resetsAt: spent === 0 ? null : instantIn(emptyInMs),
    };
  };

  return {
    draw: async (name, purpose) => {
      const quota = find(name);
      grant(quota, purpose, await store.draw(counterOf(quota), windowFor(quota, purpose), 1));
    },
    check: async (name, purpose) => {
      const quota = find(name);
      const window = windowFor(quota, purpose);
      const draw = await store.spent(counterOf(quota), window);
      grant(quota, purpose, { ...draw, granted: draw.spent < window.limit });
    },
    state: () => Promise.all(quotas.map(stateOf)),
  };
};
