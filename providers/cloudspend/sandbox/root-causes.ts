import { addDays, addMonths, type Day, daysIn, monthOf, monthStart } from '../../../src/domain/day.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import type { Occurrence } from './anomalies.ts';
import { costAccounts, type Leaf, leaves } from './estate.ts';
import { epochOf, exactly, figure, points, stamp, success } from './wire.ts';
import { unitsOf, type World } from './world.ts';

const historyDays = 28n;
const shown = 5;

/** The resource that the vendor would report for a leaf. */
const resourceOf = (leaf: Leaf, index: number) => {
  const number = String(411_000 + index);
  const account = costAccounts.find((each) => each.id === leaf.costAccount);
  return {
    id: `33240000000${number}`,
    name: `${leaf.service.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}/${number}`,
    alias: draw('alias', index) < 0.5 ? `northwind-${number}` : '',
    service: leaf.service,
    region: leaf.region,
    cloud_account_name: account?.children.find((child) => child.id === leaf.billingAccount)?.name ?? '',
  };
};

const byCostAccount = <Row>(rows: readonly { readonly leaf: Leaf; readonly row: Row }[]): Record<string, Row[]> =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ leaf }) => leaf.costAccount)].map(([id, list]) => [id, list.map(({ row }) => row)]),
  );

/** The leaves with the largest change against their average of the four weeks before, largest first. */
const moved = (world: World, { watched, day }: Occurrence) => {
  const before = daysIn(addDays(day, -Number(historyDays)), day).map((each) => world.figuresOf(each));
  const today = world.figuresOf(day);
  return leaves
    .map((leaf, index) => {
      const cost = today[index] ?? 0n;
      const usual = before.reduce((sum, figures) => sum + (figures[index] ?? 0n), 0n) / historyDays;
      return { leaf, index, cost, change: cost - usual };
    })
    .filter(({ leaf, cost }) => watched.holds(leaf) && leaf.category === 'Usage' && cost !== 0n)
    .sort((left, right) => (left.change * left.change < right.change * right.change ? 1 : -1))
    .slice(0, shown);
};

const resourcesOf = (world: World, occurrence: Occurrence, firstOfMonth: Day) => {
  const { watched, day } = occurrence;
  const found = moved(world, occurrence);
  const [greatest] = found;
  // Some spikes come from a new resource.
  const fresh =
    occurrence.upper && greatest !== undefined && draw(world.seed, 'new', watched.id, day) < 0.5 ? [greatest] : [];
  const month = world.total(firstOfMonth, addDays(addMonths(firstOfMonth, 1), -1), watched.holds);
  const toDate = world.total(firstOfMonth, day, watched.holds);
  const days = Number(day.slice(8));
  const newCost = fresh.reduce((sum, each) => sum + each.cost, 0n);
  return {
    ...(fresh.length === 0
      ? {}
      : {
          new_resources: {
            total_cost: figure(newCost),
            cost_impact: Number((newCost * 10_000n) / month) / 100,
            resources: byCostAccount(
              fresh.map(({ leaf, index, cost }) => ({ leaf, row: { ...resourceOf(leaf, index), cost: figure(cost) } })),
            ),
          },
        }),
    top_resources: {
      date_range: [],
      historical_mtd: {},
      resources: byCostAccount(
        found.map(({ leaf, index, cost, change }, rank) => ({
          leaf,
          row: {
            ...resourceOf(leaf, index),
            rank: String(rank + 1),
            anomaly_period_cost: figure(cost),
            cost_diff: figure(change),
          },
        })),
      ),
      anomaly_month: {
        mtd_days: days,
        cost: figure(month),
        mtd_cost: figure(toDate),
        mtd_average: figure(toDate / BigInt(days)),
      },
    },
  };
};

export const rootCause = (world: World, occurrence: Occurrence): SandboxReply => {
  const { watched, day } = occurrence;
  const historical = world.series(addDays(day, -Number(historyDays)), day, false, (leaf) =>
    watched.holds(leaf) ? 'all' : null,
  );
  return success({
    anomaly_id: watched.id,
    anomaly_detected_time: epochOf(day),
    currency_code: 'USD',
    currency_symbol: '$',
    currency_locale: 'en-US',
    resources: resourcesOf(world, occurrence, monthStart(monthOf(day))),
    history: {
      historical_cost: points(historical.get('all') ?? new Map([[day, unitsOf('0')]])),
      // Newest first, like the real service.
      forecast_cost: [3, 2, 1].map((ahead) => [stamp(addDays(day, ahead)), exactly(occurrence.expected)]),
      currency_code: 'USD',
      currency_code_id: '1',
    },
  });
};
