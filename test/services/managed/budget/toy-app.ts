import type { Endpoint } from '../../../../src/app/options.ts';
import type { BudgetDefinition } from '../../../../src/config/file-schemas.ts';
import type { Capabilities } from '../../../../src/vendor/contract/contract.ts';
import { type RunningApp, type StartOptions, startApp } from '../../../support/app.ts';
import { type Ask, askOver } from '../../../support/ask.ts';
import { VirtualClock } from '../../../support/clock.ts';
import { ToyVendor } from '../../../support/toy-vendor.ts';
import { type ToyBudgetOptions, ToyBudgets } from '../../writes/toy-budgets.ts';

export interface ToyApp {
  readonly app: RunningApp;
  readonly clock: VirtualClock;
  /** The vendor of `toy`, which has budgets of its own. */
  readonly toy: ToyBudgets;
  /** The costs of `toy`. */
  readonly toyCosts: ToyVendor;
  /** The vendor of `bare`, which has none: the gateway keeps them. */
  readonly bare: ToyVendor;
  readonly ask: Ask;
}

export interface ToyAppOptions extends StartOptions {
  readonly toyOptions?: ToyBudgetOptions;
  readonly capabilities?: Partial<Capabilities>;
  readonly budgets?: readonly BudgetDefinition[];
}

/** The whole app over two vendors inside the process: one with budgets, one without. */
export const startToyApp = async ({
  toyOptions = {},
  capabilities = {},
  ...options
}: ToyAppOptions = {}): Promise<ToyApp> => {
  const clock = new VirtualClock();
  const toy = new ToyBudgets(clock, toyOptions);
  const currencies = ['USD'];
  const keeping = new ToyVendor(clock, {
    name: 'toy',
    currencies,
    capabilities: { budgets: toy.source, ...capabilities },
  });
  const bare = new ToyVendor(clock, { name: 'bare', currencies });
  const endpoints = [keeping, bare].map(
    (vendor): Endpoint => ({
      id: vendor.name,
      provider: vendor.name,
      title: `Toy ${vendor.name}`,
      sandbox: false,
      connector: vendor.connector,
    }),
  );
  const app = await startApp([], { endpoints, clock, ...options });
  return {
    app,
    clock,
    toy,
    toyCosts: keeping,
    bare,
    ask: askOver(app),
  };
};

export const core = {
  connection: 'toy',
  name: 'Core platform',
  period: 'monthly',
  limit: { amount: '25000.50', currency: 'USD' },
  alerts: [{ thresholdPercent: 80, recipients: ['ops@example.com'] }, { thresholdPercent: '99.50' }],
  scope: {},
};
export const bareCore = { ...core, connection: 'bare', alerts: [{ thresholdPercent: 80 }] };
