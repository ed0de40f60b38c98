import type { Endpoint } from '../../../src/app/options.ts';
import type { MonitorDefinition } from '../../../src/config/file-schemas.ts';
import { type Day, dayNumber, daysIn, earlier } from '../../../src/domain/day.ts';
import type { Capabilities, CostQuestion, Cube, SourceCost } from '../../../src/vendor/contract/contract.ts';
import { type RunningApp, type StartOptions, startApp } from '../../support/app.ts';
import { type Ask, askOver } from '../../support/ask.ts';
import { VirtualClock } from '../../support/clock.ts';
import { ToyVendor } from '../../support/toy-vendor.ts';

/** What one combination of values costs, day by day. */
export interface ToySeries {
  readonly account?: string | null;
  readonly service: string | null;
  readonly region?: string | null;
  readonly currency?: string;
  /** Times the usual cost of the day. */
  readonly factor?: (day: Day) => number;
}

/** About 100 on working days and 80 at weekends, with a little unrest that is the same on every machine. */
const usual = (day: Day, seed: number): number => {
  const ordinal = dayNumber(day);
  const weekend = (ordinal + 3) % 7 >= 5;
  return (weekend ? 80 : 100) + ((ordinal * 37 + seed * 11) % 7) / 2;
};

export const on =
  (days: Readonly<Record<Day, number>>) =>
  (day: Day): number =>
    days[day] ?? 1;
export const from =
  (start: Day, times: number) =>
  (day: Day): number =>
    day >= start ? times : 1;

/** A spike, a drop, a shift that lasts, one that lasted long enough, one not reported yet, and nothing at all. */
export const eventful: readonly ToySeries[] = [
  { account: 'a1', service: 'spiky', region: 'eu', factor: on({ '2026-11-10': 4 }) },
  { account: 'a2', service: 'spiky', region: 'us' },
  { account: 'a3', service: 'droopy', region: 'asia', factor: on({ '2026-11-04': 0.1, '2026-11-05': 0.1 }) },
  { account: 'a4', service: 'shifty', region: 'north', factor: from('2026-11-12', 2) },
  { account: 'a5', service: 'settled', region: 'south', factor: from('2026-09-10', 2) },
  { account: 'a6', service: 'hasty', region: 'west', factor: on({ '2026-11-20': 9 }) },
  { account: 'a7', service: 'calm', region: 'east' },
];

const cubes: readonly Cube[] = [
  {
    id: 'all',
    grain: 'daily',
    dimensions: ['account', 'service', 'region'],
    optional: ['tag'],
    optionalMax: 1,
    span: 'range',
    monthsMax: 12,
    price: 1,
  },
];

const answerOf = (list: readonly ToySeries[], question: CostQuestion, today: Day): SourceCost[] => {
  const sums = new Map<string, { day: Day; values: (string | null)[]; currency: string; cents: number }>();
  for (const day of daysIn(question.start, earlier(question.end, today))) {
    for (const [index, { currency = 'USD', factor = () => 1, ...place }] of list.entries()) {
      const named: Readonly<Record<string, string | null | undefined>> = place;
      const values = question.dimensions.map((dimension) => named[dimension] ?? null);
      const key = JSON.stringify([day, values, currency]);
      const sum = sums.get(key) ?? { day, values, currency, cents: 0 };
      sum.cents += Math.round(usual(day, index) * factor(day) * 100);
      sums.set(key, sum);
    }
  }
  return [...sums.values()].map(({ cents, ...rest }) => ({ ...rest, amount: (cents / 100).toFixed(2) }));
};

export interface SeriesAppOptions extends StartOptions {
  readonly series?: readonly ToySeries[];
  readonly cubes?: readonly Cube[];
  readonly capabilities?: Partial<Capabilities>;
  readonly monitors?: readonly MonitorDefinition[];
  readonly historyDays?: number;
}

export interface SeriesApp {
  readonly app: RunningApp;
  readonly clock: VirtualClock;
  readonly toy: ToyVendor;
  readonly ask: Ask;
}

/** The whole app over one vendor inside the process, whose daily costs are these series. */
export const startSeriesApp = async (options: SeriesAppOptions = {}): Promise<SeriesApp> => {
  const { series = eventful, capabilities = {}, historyDays, ...rest } = options;
  const clock = new VirtualClock();
  const toy = new ToyVendor(clock, {
    cubes: options.cubes ?? cubes,
    capabilities,
    ...(historyDays === undefined ? {} : { costs: { historyDays } }),
  });
  toy.rewrite = (_rows, question) => answerOf(series, question, clock.today());
  const endpoints: Endpoint[] = [
    { id: 'toy', provider: 'toy', title: 'Toy Cloud', sandbox: false, connector: toy.connector },
  ];
  const app = await startApp([], { endpoints, clock, ...rest });
  return {
    app,
    clock,
    toy,
    ask: askOver(app),
  };
};
