import type { CostEngine } from '../costs/engine.ts';
import type { CostQuery } from '../costs/query/query.ts';
import type { CostRow } from '../costs/rows/arrange.ts';
import type { StoredCosts } from '../costs/stored-costs.ts';
import type { Clock } from '../domain/clock.ts';
import { addDays, monthOf, monthStart } from '../domain/day.ts';
import { zero } from '../domain/decimal.ts';
import { type Money, money, totalsOfMoney } from '../domain/money.ts';
import type { Account } from '../domain/nouns.ts';
import type { Connection } from '../vendor/connection.ts';
import type { Cube } from '../vendor/contract/contract.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import type { Part } from '../vendor/part.ts';
import { accountList } from './account-list.ts';
import type { Ask } from './list-request.ts';
import { readPlainList } from './plain-list.ts';

/** The accounts of vendors, with what they cost this month where it can be worked out. */
export interface AccountFigures {
  /** Null where the vendor lists no accounts. */
  read(connection: Connection, ask: Pick<Ask, 'noCache' | 'deadline'>): Promise<Part<readonly Account[]> | null>;
}

export interface AccountFigureOptions {
  readonly clock: Clock;
  readonly listCache: ListCache;
  readonly engine: Pick<CostEngine, 'part'>;
  readonly storedCosts: StoredCosts;
}

/** The part of the remaining time that a list of accounts waits for costs. The read goes on for the next request. */
const costShare = 0.5;

/** The one sum of these; null where there is none, or where there are several currencies. */
const onlyTotal = (amounts: readonly Money[]): Money | null => {
  const [total, ...others] = totalsOfMoney(amounts);
  return others.length === 0 ? (total ?? null) : null;
};

/** The sum; null unless every part is known. */
export const sumOfAll = (amounts: readonly (Money | null)[]): Money | null => {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === amounts.length ? onlyTotal(known) : null;
};

interface MonthCosts {
  readonly rows: readonly CostRow[];
  /** Whether a day of the month is wholly reported, so that no row means no cost. */
  readonly reported: boolean;
}

/**
 * What the rows say of an account, or else the sum of the accounts below it. Costs name the lowest accounts only: where
 * there are accounts below others, one at the top without any below it is not known.
 */
const withCosts = (accounts: readonly Account[], { rows, reported }: MonthCosts): Account[] => {
  const whole = onlyTotal(rows.map((row) => row.cost));
  const nothing = whole === null || !reported ? null : money(zero, whole.currency);
  const isTree = accounts.some(({ parentId }) => parentId !== null);
  const ownOf = ({ nativeId, parentId }: Account): Money | null => {
    const own = rows.filter((row) => row.group.account === nativeId).map((row) => row.cost);
    if (own.length > 0) return onlyTotal(own);
    return isTree && parentId === null ? null : nothing;
  };
  const direct = accounts.map((account) => ({ ...account, currentMonth: account.currentMonth ?? ownOf(account) }));
  return direct.map((account) => {
    const below = direct.filter(({ parentId }) => parentId === account.nativeId);
    return { ...account, currentMonth: account.currentMonth ?? sumOfAll(below.map((each) => each.currentMonth)) };
  });
};

const fromCosts = {
  code: 'current-month-from-costs',
  message: 'what the list of the vendor lacks for the current month is the sum of its costs by account',
};
const notRead = {
  code: 'current-month-not-read',
  message:
    'the current month is null where the list of the vendor lacks it: its costs by account are not all known yet',
};

export const createAccountFigures = (options: AccountFigureOptions): AccountFigures => {
  const { clock, listCache, engine, storedCosts } = options;
  const listed = readPlainList(accountList, listCache);

  const cubesByAccount = (connection: Connection): readonly Cube[] =>
    connection.connector.capabilities.costs.cubes.filter(({ dimensions, optional = [] }) =>
      [...dimensions, ...optional].includes('account'),
    );

  /** No query is spent on this that counts against a quota of the vendor: then only what is stored is used. */
  const costsByAccount = async (
    connection: Connection,
    cubes: readonly Cube[],
    deadline: number,
  ): Promise<MonthCosts | null> => {
    const today = clock.today();
    const query: CostQuery = {
      start: monthStart(monthOf(today)),
      end: addDays(today, 1),
      granularity: 'total',
      groupBy: ['account'],
      filters: new Map(),
      costType: 'billed',
      currency: null,
      sort: 'start',
      top: null,
    };
    const waitUntil = clock.monotonic() + (deadline - clock.monotonic()) * costShare;
    const part = cubes.some(({ quota }) => quota !== undefined)
      ? await storedCosts.part(connection, query, waitUntil)
      : await engine.part(connection, query, { strict: false, noCache: false, deadline: waitUntil });
    const isWhole = (part?.state === 'fresh' || part?.state === 'stale') && part.missing.length === 0;
    if (!isWhole) return null;
    return { rows: part.value, reported: part.completeThrough !== null && part.completeThrough >= query.start };
  };

  return {
    read: async (connection, { noCache, deadline }) => {
      const part = await listed(connection, { noCache, deadline });
      if (part === null || part.value.every(({ currentMonth }) => currentMonth !== null)) return part;
      const cubes = cubesByAccount(connection);
      if (cubes.length === 0) return part;
      const costs = await costsByAccount(connection, cubes, deadline).catch(() => null);
      if (costs === null) return { ...part, notes: [...part.notes, notRead] };
      return { ...part, value: withCosts(part.value, costs), notes: [...part.notes, fromCosts] };
    },
  };
};
