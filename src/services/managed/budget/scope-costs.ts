import type { CostEngine } from '../../../costs/engine.ts';
import { cover, monthNeeds } from '../../../costs/planning/cover.ts';
import type { Span } from '../../../costs/planning/spans.ts';
import type { CostQuery } from '../../../costs/query/query.ts';
import type { CostRow } from '../../../costs/rows/arrange.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { Granularity } from '../../../domain/cost.ts';
import type { GroupKey, NamedDimension } from '../../../domain/dimension.ts';
import { asFailure } from '../../../domain/failure/failure.ts';
import type { Money } from '../../../domain/money.ts';
import type { Scope } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { Cube } from '../../../vendor/contract/contract.ts';
import type { Part } from '../../../vendor/part.ts';
import { currentSpan } from './period.ts';

/** Costs of a scope, from the same figures as all cost answers. */
export interface ScopeCosts {
  /** Why costs of this connection cannot be filtered by the scope, and what they can be filtered by; null if they can. */
  cannotFollow(connection: Connection, scope: Scope): string | null;
  rows(
    connection: Connection,
    scope: Scope,
    asked: Span & { readonly granularity: Granularity },
    deadline: number,
  ): Promise<Part<CostRow[]>>;
  /** The currencies of the connection's costs this month; empty if they cannot be read now. */
  currencies(connection: Connection, deadline: number): Promise<readonly string[]>;
  /** Whether many days can be read without a vendor call for each. */
  readsDaysInBulk(connection: Connection, scope: Scope, deadline: number): Promise<boolean>;
}

const filterable = ['account', 'service', 'region'] as const satisfies readonly NamedDimension[];

const scopeFilters = (scope: Scope): Map<GroupKey, readonly string[]> => {
  const filters = new Map<GroupKey, readonly string[]>();
  for (const key of filterable) {
    const value = scope[key];
    if (value !== undefined) filters.set(key, [value]);
  }
  return filters;
};

const queryOf = (
  scope: Scope,
  { start, end, granularity }: Span & { readonly granularity: Granularity },
): CostQuery => ({
  start,
  end,
  granularity,
  groupBy: [],
  filters: scopeFilters(scope),
  costType: 'billed',
  currency: null,
  sort: 'start',
  top: null,
});

export const createScopeCosts = (engine: CostEngine, clock: Clock): ScopeCosts => {
  const rows: ScopeCosts['rows'] = (connection, scope, asked, deadline) =>
    engine.part(connection, queryOf(scope, asked), { strict: false, noCache: false, deadline });

  const covers = (connection: Connection, scope: Scope): boolean => {
    const today = clock.today();
    const span = currentSpan('monthly', today) ?? { start: today, end: today };
    const query = queryOf(scope, { ...span, granularity: 'total' });
    return cover(query, monthNeeds(query, today), connection.connector.capabilities.costs.cubes).ok;
  };

  return {
    rows,
    cannotFollow: (connection, scope) => {
      if (scope.view === undefined && scope.costCenter === undefined && covers(connection, scope)) return null;
      const possible = filterable.filter((key) => covers(connection, { [key]: 'any' }));
      const named =
        possible.length === 0
          ? 'cannot be filtered'
          : `can be filtered by ${possible.join(', ')}, where these can be combined`;
      return `The costs of ${connection.title} ${named}; the scope needs something else.`;
    },
    currencies: async (connection, deadline) => {
      const span = currentSpan('monthly', clock.today());
      if (span === null) return [];
      try {
        const part = await rows(connection, {}, { ...span, granularity: 'total' }, deadline);
        return part.value.map((row) => row.cost.currency);
      } catch {
        return [];
      }
    },
    readsDaysInBulk: async (connection, scope, deadline) => {
      const { costs } = connection.connector.capabilities;
      const session = connection.session({ purpose: 'dashboard', deadline });
      const isUsable = async (cube: Cube): Promise<boolean> =>
        costs.usable === undefined || costs.usable(session, cube).catch(() => false);
      const bulk = costs.cubes.filter(
        (cube) =>
          cube.grain === 'daily' &&
          cube.span !== 'day' &&
          [...scopeFilters(scope).keys()].every((key) =>
            [...cube.dimensions, ...(cube.optional ?? [])].some((carried) => carried === key),
          ),
      );
      const usable = await Promise.all(bulk.map(isUsable));
      return usable.includes(true);
    },
  };
};

export interface Spent {
  readonly spent: Money | null;
  /** Why there is no figure, or why it may change; null if it is final. */
  readonly doubt: string | null;
  /** True when the doubt comes from a temporary fault. */
  readonly transient: boolean;
}

/** The spend in the currency of the limit; null if some of the costs have another currency. */
export const spentIn = (part: Part<CostRow[]>, wanted: string | null): Spent => {
  const doubt = part.failure === null ? null : part.failure.details.public;
  const transient = part.state !== 'unsupported';
  const currency = wanted ?? part.value[0]?.cost.currency ?? null;
  const others = [...new Set(part.value.map((row) => row.cost.currency))].filter((each) => each !== currency);
  if (others.length > 0) {
    const mixed =
      wanted === null
        ? `the costs are in ${[currency, ...others].join(' and ')}`
        : `the costs are in ${others.join(' and ')}, the limit is in ${wanted}`;
    return { spent: null, doubt: mixed, transient: false };
  }
  const [row] = part.value;
  if (row !== undefined) return { spent: row.cost, doubt, transient };
  if (currency === null) return { spent: null, doubt, transient };
  const whole = part.state === 'fresh' || part.state === 'stale';
  return { spent: whole ? { amount: '0', currency } : null, doubt, transient };
};

export const notSpent = (thrown: unknown): Spent => ({
  spent: null,
  doubt: asFailure(thrown).details.public,
  transient: true,
});
