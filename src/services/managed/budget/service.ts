import type { BudgetDefinition } from '../../../config/file-schemas.ts';
import type { CostEngine } from '../../../costs/engine.ts';
import type { Clock } from '../../../domain/clock.ts';
import type { Store } from '../../../store/store.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { gather } from '../../../vendor/gather.ts';
import type { HeldReadings } from '../../../vendor/list-cache.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from '../../list-request.ts';
import type { Pager } from '../../pager.ts';
import { visibleConnections } from '../../visible-connections.ts';
import type { Writes } from '../../writes/writes.ts';
import { metaOf, openWrittenAnswers, presentBudget } from './answers.ts';
import { type BudgetStatus, budgetArithmetic } from './arithmetic.ts';
import { openFindBudget } from './find.ts';
import { openBudgetForecast } from './forecast.ts';
import { openBudgetHistory } from './history.ts';
import { budgetKinds } from './kinds.ts';
import { type ForecastBudget, openBudgetReadings } from './readings.ts';
import { openScopeCosts } from './scope-costs.ts';
import { type BudgetWriting, openBudgetWriting } from './writing.ts';

export interface BudgetParameters extends ListParameters {
  readonly status?: readonly BudgetStatus[] | undefined;
  readonly period?: readonly string[] | undefined;
}

export interface BudgetService extends BudgetWriting {
  list(parameters: BudgetParameters, ask: Ask): Promise<unknown>;
  get(id: string, ask: Ask): Promise<unknown>;
  history(id: string, ask: Ask): Promise<unknown>;
}

export interface BudgetServiceOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly held: HeldReadings;
  readonly pager: Pager;
  readonly engine: CostEngine;
  readonly connections: readonly Connection[];
  readonly writes: Writes;
  /** Those of the connections file. */
  readonly defined?: readonly BudgetDefinition[] | undefined;
  readonly forecast?: ForecastBudget | undefined;
}

export const openBudgetService = (options: BudgetServiceOptions): BudgetService => {
  const { clock, store, held, pager, connections, writes } = options;
  const costs = openScopeCosts(options.engine, clock);
  const { defined = [], forecast = openBudgetForecast(costs, clock) } = options;
  const readings = openBudgetReadings({ held, store, clock, costs, defined, forecast });
  const written = openWrittenAnswers(readings, clock);
  const kinds = budgetKinds(readings, written, clock);
  for (const kind of [kinds.create, kinds.replace, kinds.remove]) writes.know(kind);
  const find = openFindBudget(connections, readings);
  const history = openBudgetHistory({ clock, held, readings, costs });

  return {
    ...openBudgetWriting({ clock, connections, readings, costs, writes, kinds, written, find }),
    list: async (parameters, ask) => {
      const visible = visibleConnections(connections, ask.consumer, parameters);
      return pager.page({
        operation: 'budgets',
        question: questionOf('budgets', parameters),
        consumer: ask.consumer.name,
        limit: parameters.limit ?? limitDefault,
        cursor: parameters.cursor,
        build: async () => {
          const gathered = await gather(visible, parameters.strict ?? false, (connection) =>
            readings.read(connection, ask),
          );
          const items = gathered.parts.flatMap(({ connection, value }) =>
            value
              .filter((budget) => parameters.status?.includes(budgetArithmetic(budget).status) ?? true)
              .filter((budget) => parameters.period?.includes(budget.period) ?? true)
              .map((budget) => presentBudget(budget, connection)),
          );
          return { items, rest: { meta: metaOf(gathered) } };
        },
      });
    },
    get: async (id, ask) => {
      const { connection, budget, gathered } = await find(id, ask);
      return { data: presentBudget(budget, connection), meta: metaOf(gathered) };
    },
    history: async (id, ask) => history(await find(id, ask), ask),
  };
};
