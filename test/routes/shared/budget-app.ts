import { afterEach, beforeEach } from 'vitest';
import { startToyApp, type ToyApp } from '../../services/managed/budget/toy-app.ts';
import type { ToyBudgets } from '../../services/writes/toy-budgets.ts';

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
