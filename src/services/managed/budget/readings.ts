import { z } from 'zod';
import type { BudgetDefinition } from '../../../config/file-schemas.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { Money } from '../../../domain/money.ts';
import type { Budget, BudgetPeriod, Scope } from '../../../domain/nouns.ts';
import { sourceBudgetSchema } from '../../../domain/nouns.ts';
import type { Store } from '../../../store/store.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { BudgetSource, Note, Reading, ReadingFault, Session } from '../../../vendor/contract/contract.ts';
import type { HeldReadings } from '../../../vendor/list-cache.ts';
import type { Part } from '../../../vendor/part.ts';
import { gatewayBudgets } from './gateway-budgets.ts';
import { currentSpan } from './period.ts';
import { notSpent, type ScopeCosts, type Spent, spentIn } from './scope-costs.ts';

export const keptBudgetSchema = sourceBudgetSchema.extend({
  managedBy: z.enum(['vendor', 'gateway']),
  /** Set where it can only be changed in the connections file. */
  fixed: z.boolean(),
});
/** A budget with whatever the gateway can say about it. */
export type KeptBudget = z.output<typeof keptBudgetSchema>;

/** What the scope will have cost at the end of its period; null where nobody can say. */
export type ForecastBudget = (connection: Connection, scope: Scope, period: BudgetPeriod) => Promise<Money | null>;

export interface BudgetReadings {
  /** Where the budgets of a connection are kept: at the vendor, or here where it has none. */
  source(connection: Connection): BudgetSource;
  managedBy(connection: Connection): 'vendor' | 'gateway';
  read(
    connection: Connection,
    ask: { readonly noCache: boolean; readonly deadline: number },
  ): Promise<Part<readonly KeptBudget[]>>;
  /** Fills in what the vendor does not tell, from the connection's costs. */
  complete(connection: Connection, budget: Budget, deadline: number): Promise<Budget>;
  /** Whatever was read of this connection's budgets is out of date, in every replica. */
  changed(connection: Connection): Promise<void>;
  /** Differs after every change: part of the name that a reading is kept under. */
  version(connection: Connection): Promise<string>;
}

export interface BudgetReadingsOptions {
  readonly held: HeldReadings;
  readonly store: Store;
  readonly clock: Clock;
  readonly costs: ScopeCosts;
  readonly defined: readonly BudgetDefinition[];
  readonly forecast: ForecastBudget | undefined;
}

const maxAgeMs = 5 * 60_000;
const costMsMax = 30_000;

const budgetOf = ({ id, name, period, limit, alerts, scope }: BudgetDefinition): Budget => ({
  nativeId: id,
  name,
  period,
  nativePeriod: null,
  limit,
  spent: null,
  forecast: null,
  alerts,
  scope,
  createdAt: null,
  updatedAt: null,
});

interface Completed {
  readonly budget: Budget;
  readonly notes: readonly Note[];
  readonly faults: readonly ReadingFault[];
}

export const openBudgetReadings = (options: BudgetReadingsOptions): BudgetReadings => {
  const { held, store, clock, costs, forecast } = options;
  const ownVersions = new Map<string, string>();
  const versionKey = ({ storageKey }: Connection) => `budget-version/1/${storageKey}`;

  const source = (connection: Connection): BudgetSource =>
    connection.connector.capabilities.budgets ??
    gatewayBudgets(store, clock, connection.storageKey, (scope) => costs.cannotFollow(connection, scope));
  const managedBy = ({ connector }: Connection) =>
    connector.capabilities.budgets === undefined ? 'gateway' : 'vendor';

  const spentOf = async (connection: Connection, budget: Budget, deadline: number): Promise<Spent | null> => {
    const span = currentSpan(budget.period, clock.today());
    if (span === null || costs.cannotFollow(connection, budget.scope) !== null) return null;
    try {
      const part = await costs.rows(connection, budget.scope, { ...span, granularity: 'total' }, deadline);
      return spentIn(part, budget.limit.currency);
    } catch (thrown) {
      return notSpent(thrown);
    }
  };

  const completed = async (connection: Connection, budget: Budget, deadline: number): Promise<Completed> => {
    const known = budget.spent === null ? await spentOf(connection, budget, deadline) : null;
    const ahead =
      budget.forecast === null && forecast !== undefined && costs.cannotFollow(connection, budget.scope) === null
        ? await forecast(connection, budget.scope, budget.period).catch(() => null)
        : budget.forecast;
    const doubt = known?.doubt ?? null;
    const passing = known?.passing ?? false;
    return {
      budget: { ...budget, spent: budget.spent ?? known?.spent ?? null, forecast: ahead },
      notes: doubt === null || passing ? [] : [{ code: 'budget-spend-unknown', message: `${budget.name}: ${doubt}` }],
      faults: doubt === null || !passing ? [] : [{ path: `budgets(id=${budget.nativeId}).spent`, message: doubt }],
    };
  };

  const load = async (connection: Connection, session: Session): Promise<Reading<KeptBudget>> => {
    const listed = await source(connection).list(session);
    const deadline = clock.monotonic() + costMsMax;
    const own = managedBy(connection);
    const fixed = options.defined.filter((each) => each.connection === connection.id).map(budgetOf);
    const known = new Set(fixed.map((each) => each.nativeId));
    const all = [
      ...listed.items
        .filter((each) => !known.has(each.nativeId))
        .map((budget) => ({ budget, managedBy: own, fixed: false }) as const),
      ...fixed.map((budget) => ({ budget, managedBy: 'gateway', fixed: true }) as const),
    ];
    const read = await Promise.all(
      all.map(async ({ budget, ...kept }) => ({ kept, done: await completed(connection, budget, deadline) })),
    );
    return {
      items: read.map(({ kept, done }) => ({ ...done.budget, ...kept })),
      notes: [...listed.notes, ...read.flatMap(({ done }) => done.notes)],
      faults: [...listed.faults, ...read.flatMap(({ done }) => done.faults)],
    };
  };

  const version = async (connection: Connection): Promise<string> => {
    const own = ownVersions.get(connection.storageKey);
    if (own !== undefined) return own;
    const bytes = await store.get(versionKey(connection)).catch(() => null);
    return bytes === null ? '0' : Buffer.from(bytes).toString('utf8');
  };

  return {
    source,
    managedBy,
    version,
    read: async (connection, { noCache, deadline }) =>
      held.read(connection, {
        name: `budgets/${await version(connection)}`,
        item: keptBudgetSchema,
        maxAgeMs,
        noCache,
        deadline,
        load: (session) => load(connection, session),
      }),
    complete: async (connection, budget, deadline) => (await completed(connection, budget, deadline)).budget,
    changed: async (connection) => {
      await held.forget(connection, `budgets/${await version(connection)}`);
      const next = clock.id();
      try {
        await store.set(versionKey(connection), Buffer.from(next));
        ownVersions.delete(connection.storageKey);
      } catch {
        // Nobody else can be told; this replica at least knows.
        ownVersions.set(connection.storageKey, next);
      }
    },
  };
};
