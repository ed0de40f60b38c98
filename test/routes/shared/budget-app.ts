import { afterEach, beforeEach } from 'vitest';
import type { BudgetDefinition } from '../../../src/config/file-schemas.ts';
import { startToyApp, type ToyApp } from '../../services/managed/budget/toy-app.ts';
import type { ToyBudgets } from '../../services/writes/toy-budgets.ts';

/** The same budget of the connections file for both vendors. */
export const writtenDown: readonly BudgetDefinition[] = ['toy', 'bare'].map((connection) => ({
  id: 'written-down',
  connection,
  name: 'Written down',
  period: 'annual',
  limit: { amount: '1', currency: 'USD' },
  alerts: [],
  scope: {},
}));

export interface BudgetApp {
  readonly ask: ToyApp['ask'];
  /** The vendor that has budgets of its own. */
  readonly toy: ToyBudgets;
  restart(...options: Parameters<typeof startToyApp>): Promise<void>;
}

/** A new app before each test of the file that calls this. */
export const useBudgetApp = (): BudgetApp => {
  let running: ToyApp;
  beforeEach(async () => {
    running = await startToyApp();
  });
  afterEach(() => running.app.close());
  return {
    ask: (...request) => running.ask(...request),
    get toy() {
      return running.toy;
    },
    restart: async (...options) => {
      await running.app.close();
      running = await startToyApp(...options);
    },
  };
};
