import type { BudgetDefinition } from '../../../config/file-schemas.ts';
import type { CostEngine } from '../../../costs/engine.ts';
import type { BudgetStatus } from '../../../domain/answer-schemas.ts';
import type { Clock } from '../../../domain/clock.ts';
import { type Budget, type BudgetInput, budgetInputSchema, sourceBudgetSchema } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { Ask, ListParameters } from '../../list-request.ts';
import type { PagedAnswer } from '../../paging/pager.ts';
import { ownerOf } from '../../plain-list.ts';
import { type ManagedService, type ManageOptions, manage } from '../manage.ts';
import type { Completed, Managed } from '../managed.ts';
import { budgetArithmetic } from './arithmetic.ts';
import { createBudgetForecast, type ForecastBudget } from './forecast.ts';
import { type BudgetHistoryService, createBudgetHistory } from './history.ts';
import { currentSpan } from './period.ts';
import { createScopeCosts, notSpent, type ScopeCosts, type Spent, spentIn } from './scope-costs.ts';

export interface BudgetParameters extends ListParameters {
  readonly status?: readonly BudgetStatus[] | undefined;
  readonly period?: readonly string[] | undefined;
}

export interface BudgetService
  extends Pick<ManagedService<Budget, BudgetInput>, 'get' | 'create' | 'replace' | 'remove'> {
  list(parameters: BudgetParameters, ask: Ask): Promise<PagedAnswer>;
  readonly history: BudgetHistoryService;
}

export interface BudgetServiceOptions extends Omit<ManageOptions, 'currencies'> {
  readonly engine: CostEngine;
  /** The budgets that the connections file defines. */
  readonly defined?: readonly BudgetDefinition[] | undefined;
  readonly forecast?: ForecastBudget | undefined;
}

const recipientsUnsupported =
  'The gateway sends no mail for budgets that it stores itself: leave recipients out, and read the status from the list of budgets.';

const definedBudget = ({ id, connection: _connection, ...input }: BudgetDefinition): Budget => ({
  nativeId: id,
  ...input,
  nativePeriod: null,
  spent: null,
  forecast: null,
  createdAt: null,
  updatedAt: null,
});

/** Adds spend and forecast from the connection's costs where the vendor does not report them. */
const createCompletion = (costs: ScopeCosts, forecast: ForecastBudget, clock: Clock) => {
  const spentOf = async (connection: Connection, budget: Budget, deadline: number): Promise<Spent | null> => {
    const span = currentSpan(budget.period, clock.today());
    if (span === null || costs.cannotFollow(connection, budget.scope) !== null) return null;
    try {
      const part = await costs.rows(connection, budget.scope, { ...span, granularity: 'total' }, deadline);
      return spentIn(part, budget.limit?.currency ?? null);
    } catch (thrown) {
      return notSpent(thrown);
    }
  };

  return async (connection: Connection, budget: Budget, deadline: number): Promise<Completed<Budget>> => {
    const known = budget.spent === null ? await spentOf(connection, budget, deadline) : null;
    const expected =
      budget.forecast === null && costs.cannotFollow(connection, budget.scope) === null
        ? await forecast(connection, budget.scope, budget.period, deadline).catch(() => null)
        : budget.forecast;
    const doubt = known?.doubt ?? null;
    const transient = known?.transient ?? false;
    return {
      thing: { ...budget, spent: budget.spent ?? known?.spent ?? null, forecast: expected },
      notes: doubt === null || transient ? [] : [{ code: 'budget-spend-unknown', message: `${budget.name}: ${doubt}` }],
      faults: doubt === null || !transient ? [] : [{ path: `budgets(id=${budget.nativeId}).spent`, message: doubt }],
    };
  };
};

export const createBudgetService = (options: BudgetServiceOptions): BudgetService => {
  const { clock, engine, listCache, defined = [] } = options;
  const costs = createScopeCosts(engine, clock);
  const forecast = options.forecast ?? createBudgetForecast(costs, clock);

  const kind: Managed<Budget, BudgetInput> = {
    noun: 'budget',
    plural: 'budgets',
    thing: sourceBudgetSchema,
    input: budgetInputSchema,
    source: ({ connector }) => connector.capabilities.budgets,
    defined: ({ id }) => defined.filter((each) => each.connection === id).map(definedBudget),
    make: (input, record) => ({ ...record, ...input, nativePeriod: null, spent: null, forecast: null }),
    cannotKeep: (connection, { alerts, scope }) =>
      alerts.some((alert) => alert.recipients.length > 0)
        ? recipientsUnsupported
        : costs.cannotFollow(connection, scope),
    comparedAmount: ({ limit }) => ({ name: 'a limit', amount: limit }),
    complete: createCompletion(costs, forecast, clock),
    present: (budget, connection) => {
      const { remaining, percentUsed, status } = budgetArithmetic(budget);
      return {
        ...ownerOf(connection, budget.nativeId),
        name: budget.name,
        period: budget.period,
        ...(budget.nativePeriod === null ? {} : { nativePeriod: budget.nativePeriod }),
        limit: budget.limit,
        spent: budget.spent,
        remaining,
        percentUsed,
        forecast: budget.forecast,
        status,
        alerts: budget.alerts,
        managedBy: budget.managedBy,
        scope: budget.scope,
        createdAt: budget.createdAt,
        updatedAt: budget.updatedAt,
      };
    },
  };

  const budgets = manage(kind, { ...options, currencies: costs.currencies });
  const { get, create, replace, remove, find, readings } = budgets;
  return {
    get,
    create,
    replace,
    remove,
    list: (parameters, ask) =>
      budgets.list(
        parameters,
        ask,
        (budget) =>
          (parameters.status?.includes(budgetArithmetic(budget).status) ?? true) &&
          (parameters.period?.includes(budget.period) ?? true),
      ),
    history: createBudgetHistory({ clock, listCache, readings, costs, find }),
  };
};
