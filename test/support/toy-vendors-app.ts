import type { Endpoint } from '../../src/app/options.ts';
import { daysIn } from '../../src/domain/day.ts';
import type { CostQuestion, SourceCost } from '../../src/vendor/contract/contract.ts';
import { type RunningApp, type StartOptions, startApp } from './app.ts';
import type { VirtualClock } from './clock.ts';
import { ToyVendor, type ToyVendorOptions } from './toy-vendor.ts';

export const endpointOf = (vendor: ToyVendor): Endpoint => ({
  id: vendor.name,
  provider: vendor.name,
  title: `Toy ${vendor.name}`,
  sandbox: false,
  connector: vendor.connector,
});

/** The whole app over vendors inside the process. */
export const startToyVendors = (
  vendors: readonly ToyVendor[],
  clock: VirtualClock,
  options: StartOptions = {},
): Promise<RunningApp> => startApp([], { endpoints: vendors.map(endpointOf), clock, ...options });

/** A vendor where one service of one account costs the same on every day, and a tenth of it so far today. */
export const steadyVendor = (clock: VirtualClock, amount: number, options: ToyVendorOptions = {}): ToyVendor => {
  const vendor = new ToyVendor(clock, options);
  vendor.rewrite = (_rows, question: CostQuestion): SourceCost[] =>
    daysIn(question.start, question.end)
      .filter((day) => day <= clock.today())
      .map((day) => ({
        day,
        values: question.dimensions.map((dimension) => (dimension === 'account' ? 'a1' : null)),
        amount: day === clock.today() ? `${amount / 10}` : `${amount}`,
        currency: 'USD',
      }));
  return vendor;
};
