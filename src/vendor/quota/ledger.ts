import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Draw, Store } from '../../store/store.ts';
import type { QuotaLimit } from '../contract/contract.ts';
import { windowText } from './window-text.ts';

/** What a vendor call is for; decides how much of a quota it may use. */
export type Purpose = 'dashboard' | 'refresh' | 'backfill' | 'export';

/** The share of a limit that calls of this purpose must leave unused. */
const reservedShare = { dashboard: 0, refresh: 0.25, backfill: 0.5, export: 0.5 } as const satisfies Record<
  Purpose,
  number
>;

export interface QuotaState {
  readonly name: string;
  /** Where the vendor counts each operation for itself: the one this entry is about. */
  readonly operation?: string;
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
  draw(name: string, operation: string, purpose: Purpose): Promise<void>;
  /** Throws as `draw` would, and charges nothing. */
  check(name: string, operation: string, purpose: Purpose): Promise<void>;
  /** Whether calls wait for their turn when the quota is spent. */
  waits(name: string): boolean;
  state(): Promise<QuotaState[]>;
}

export interface LedgerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** What the vendor counts by, such as an organisation. */
  readonly owner: string;
  readonly quotas: readonly QuotaLimit[];
}

/** More than any vendor has operations. */
const operationsMax = 1_000;

/** Counts the quotas of one owner in the store, for all replicas. A failed attempt stays charged. */
export const createLedger = ({ store, clock, owner, quotas }: LedgerOptions): Ledger => {
  const counterOf = (quota: QuotaLimit, operation: string): string =>
    quota.perOperation === true ? `quota/1/${owner}/${quota.name}/${operation}` : `quota/1/${owner}/${quota.name}`;
  const notedOperations = new Set<string>();

  /** The operations that any replica has used stand in the store, so that the state can list them. */
  const noteOperation = async (quota: QuotaLimit, operation: string): Promise<void> => {
    const key = `quota-operation/1/${owner}/${quota.name}/${operation}`;
    if (quota.perOperation !== true || notedOperations.has(key)) return;
    notedOperations.add(key);
    await store.set(key, new Uint8Array()).catch(() => notedOperations.delete(key));
  };
  const operationsOf = async (quota: QuotaLimit): Promise<string[]> => {
    const prefix = `quota-operation/1/${owner}/${quota.name}/`;
    const stored = await store.keys(prefix, operationsMax).catch(() => []);
    const keys = new Set([...stored, ...[...notedOperations].filter((key) => key.startsWith(prefix))]);
    return [...keys].map((key) => key.slice(prefix.length)).sort();
  };
  /** Rounded up to a second: time passes between the store's reading of the clock and ours. */
  const instantIn = (milliseconds: number): string =>
    instantText(Math.ceil((clock.now() + milliseconds) / 1000) * 1000);

  const find = (name: string): QuotaLimit => {
    const quota = quotas.find((candidate) => candidate.name === name);
    if (quota === undefined) throw new TypeError(`no quota is named ${name}`);
    return quota;
  };
  const grant = (quota: QuotaLimit, operation: string, purpose: Purpose, draw: Draw): void => {
    if (draw.granted) return;
    const kept = reservedShare[purpose] === 0 ? '' : ` beyond the part kept for requests that somebody waits for`;
    throw new Failure('quota-exhausted', {
      public: `The quota "${quota.name}"${quota.perOperation === true ? ` of ${operation}` : ''}, ${quota.limit} per ${windowText(quota.windowMs)} is spent${kept}. The next unit frees at ${instantIn(draw.freeInMs)}.`,
      retryAfterMs: draw.freeInMs,
    });
  };
  const windowFor = (quota: QuotaLimit, purpose: Purpose) => ({
    limit: Math.floor(quota.limit * (1 - reservedShare[purpose])),
    windowMs: quota.windowMs,
  });

  const stateOf = async (quota: QuotaLimit, operation: string): Promise<QuotaState> => {
    const counter = counterOf(quota, operation);
    const { spent, freeInMs } = await store.spent(counter, quota);
    const left = Math.max(0, quota.limit - spent);
    // Under a limit of one, a unit is available once everything spent has left the window.
    const emptyInMs =
      left > 0 && spent > 0 ? (await store.spent(counter, { limit: 1, windowMs: quota.windowMs })).freeInMs : freeInMs;
    return {
      name: quota.name,
      ...(quota.perOperation === true ? { operation } : {}),
      limit: quota.limit,
      window: windowText(quota.windowMs),
      spent,
      left,
      resetsAt: spent === 0 ? null : instantIn(emptyInMs),
    };
  };

  return {
    draw: async (name, operation, purpose) => {
      const quota = find(name);
      await noteOperation(quota, operation);
      const draw = await store.draw(counterOf(quota, operation), windowFor(quota, purpose), 1);
      grant(quota, operation, purpose, draw);
    },
    check: async (name, operation, purpose) => {
      const quota = find(name);
      const window = windowFor(quota, purpose);
      const draw = await store.spent(counterOf(quota, operation), window);
      grant(quota, operation, purpose, { ...draw, granted: draw.spent < window.limit });
    },
    waits: (name) => find(name).whenSpent === 'wait',
    state: async () => {
      const states = quotas.map(async (quota) => {
        const operations = quota.perOperation === true ? await operationsOf(quota) : [''];
        return Promise.all(operations.map((operation) => stateOf(quota, operation)));
      });
      return (await Promise.all(states)).flat();
    },
  };
};
