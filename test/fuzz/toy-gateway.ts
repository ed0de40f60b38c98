import type { Endpoint } from '../../src/app/options.ts';
import type { TelemetrySink } from '../../src/vendor/contract/contract.ts';
import { Receiver } from '../exports/receiver.ts';
import { ToyBudgets } from '../services/writes/toy-budgets.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { VirtualClock } from '../support/clock.ts';
import { ToyVendor } from '../support/toy-vendor.ts';

const takesAll: TelemetrySink = {
  kinds: ['unit-metric', 'allocation'],
  limits: { bytesMax: 5_000_000, recordsPerSecond: 1_000_000 },
  faultsOf: async ({ records }) =>
    [...records].flatMap(({ value }, index) =>
      value === '0' || value === 'x' ? [{ path: `records[${index}].value`, message: 'must be a decimal above 0' }] : [],
    ),
  repeatable: ['replace', 'delete'],
  send: { deduplicates: false, send: async () => null },
  remove: { deduplicates: false, send: async () => null },
};

/** The whole app over two healthy vendors inside the process, one of which has budgets. Its clock stands still. */
export const startToyGateway = async (): Promise<RunningApp> => {
  const clock = new VirtualClock();
  const budgets = new ToyBudgets(clock);
  budgets.put({ nativeId: 'first', spent: { amount: '81.5', currency: 'USD' } });
  const vendors = [
    new ToyVendor(clock, { name: 'toy', currencies: ['USD'], capabilities: { budgets: budgets.source } }),
    new ToyVendor(clock, {
      name: 'bare',
      currencies: ['USD'],
      capabilities: { bills: new Receiver().sink, telemetry: takesAll },
    }),
  ];
  const endpoints = vendors.map(
    ({ name, connector }): Endpoint => ({
      id: name,
      provider: name,
      title: `Toy ${name}`,
      sandbox: false,
      connector,
    }),
  );
  const eur = { from: 'EUR', to: 'USD', rate: '1.1', validFrom: '2020-01-01', validTo: '2030-01-01', custom: true };
  const app = await startApp([], {
    endpoints,
    clock,
    exchangeRates: [{ ...eur, source: 'config' }],
    budgets: [
      {
        id: 'kept',
        connection: 'bare',
        name: 'Kept here',
        period: 'monthly',
        limit: { amount: '100', currency: 'USD' },
        alerts: [],
        scope: {},
      },
    ],
  });
  app.services.readiness.ready();
  return app;
};
