import { addDays, type Day, daysBetween, monthEnd, monthStart, monthsIn } from '../../../src/domain/day.ts';
import { decimal, multiply } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { cloudNames, costAccounts, type Leaf, sankeyCloudNames } from './estate.ts';
import { overallCost, summaryCost } from './overall-cost.ts';
import type { Range } from './range.ts';
import {
  type Analytics,
  badRequest,
  exactly,
  figure,
  isReply,
  largestFirst,
  points,
  rangeOfJsonString,
  rangeOfQuery,
  readAnalytics,
  success,
} from './wire.ts';
import { decimalOf, type World } from './world.ts';

const withRange =
  (
    world: World,
    read: (request: SandboxRequest) => Range | SandboxReply,
    answer: (range: Range, request: SandboxRequest) => SandboxReply,
  ) =>
  (request: SandboxRequest): SandboxReply => {
    const range = read(request);
    return isReply(range) ? range : answer(world.asked(range), request);
  };
const withAnalytics =
  (world: World, answer: (body: Analytics) => SandboxReply) =>
  (request: SandboxRequest): SandboxReply => {
    const body = readAnalytics(request, world);
    return isReply(body) ? body : answer(body);
  };

/** The vendor returns daily points for up to a month, and monthly points for longer ranges. */
const isMonthly = (first: Day, last: Day): boolean => daysBetween(first, last) > 30;

/** Separates the parts of a key made of several values of a leaf. */
const separator = '\u0000';
const sankeyKey = (leaf: Leaf): string =>
  [sankeyCloudNames[leaf.cloud], leaf.category, leaf.region, leaf.service].join(separator);

const childName = new Map(costAccounts.flatMap((account) => account.children.map((child) => [child.id, child.name])));
const accountName = new Map(costAccounts.map((account) => [account.id, account.name]));

const groupKey = (groupBy: string | undefined): ((leaf: Leaf) => string) | null => {
  switch (groupBy) {
    case 'region':
      return (leaf) => leaf.region;
    case 'service':
    case 'resource_type':
      return (leaf) => leaf.service;
    case 'accounts':
      return (leaf) => leaf.billingAccount;
    default:
      return null;
  }
};

/** All of them, or those that cost most. */
const shown = (world: World, totals: ReadonlyMap<string, bigint>): [string, bigint][] =>
  world.variants.has('largest-services') ? largestFirst(totals).slice(0, 3) : [...totals];

/** `billed` is CloudSpend's own fee of one percent, not cloud spend. */
const bills = (world: World, range: Range): SandboxReply =>
  success({
    data: monthsIn(range.start_date, addDays(range.end_date, 1)).flatMap((month) =>
      costAccounts.flatMap((account) => {
        const first = monthStart(month);
        const cost = world.total(first, addDays(monthEnd(month), -1), (leaf) => leaf.costAccount === account.id);
        if (cost === 0n) return [];
        return [
          {
            start_time: `${first}T05:30:00+0530`,
            entry_time: `${first}T05:24:58+0530`,
            chargeable: false,
            cost: figure(cost),
            billed: exactly(multiply(decimalOf(cost), decimal('0.01'))),
            cloud_type: cloudNames[account.cloud],
            cost_account_id: account.id,
            cost_account_name: account.name,
            unpaid: false,
          },
        ];
      }),
    ),
  });

const root = '/cs/api/cost';

export const costRoutes = (world: World): SandboxRoute[] => [
  {
    method: 'GET',
    path: `${root}/sankey_chart_data`,
    handle: withRange(world, rangeOfJsonString, (range) => {
      const totals = world.totals(range.start_date, range.end_date, sankeyKey);
      return success({ data: shown(world, totals).map(([key, units]) => [...key.split(separator), figure(units)]) });
    }),
  },
  {
    method: 'POST',
    path: `${root}/custom_report/trend_box`,
    handle: withAnalytics(world, ({ first, last, holds }) => {
      const monthly = isMonthly(first, last);
      const keyOf = (leaf: Leaf) => (holds(leaf) ? leaf.service : null);
      const series = world.series(first, last, monthly, keyOf);
      const names = shown(world, world.totals(first, last, keyOf)).map(([name]) => name);
      const values = Object.fromEntries(names.map((service) => [service, points(series.get(service) ?? new Map())]));
      return success({ trend_values: { mode: monthly ? 1 : 0, values } });
    }),
  },
  {
    method: 'POST',
    path: `${root}/custom_report/common_widget_api`,
    handle: withAnalytics(world, ({ first, last, holds }) => {
      const by = (keyOf: (leaf: Leaf) => string | null) => {
        const totals = world.totals(first, last, (leaf) => (holds(leaf) ? keyOf(leaf) : null));
        return largestFirst(new Map(shown(world, totals))).map(([name, units]): [string, string] => [
          name,
          figure(units),
        ]);
      };
      return success({
        return_data: {
          // What has no region is in none of them.
          '0': by((leaf) => (leaf.region === '' ? null : leaf.region)),
          '1': by((leaf) => leaf.service),
          '2': by(() => 'Others'),
          '3': by((leaf) => leaf.category).map(([name, value]) => ({ name, value })),
        },
      });
    }),
  },
  {
    method: 'POST',
    path: `${root}/custom_report/accounts_splitup`,
    handle: withAnalytics(world, ({ first, last, holds }) => {
      const totals = world.totals(first, last, (leaf) => (holds(leaf) ? leaf.billingAccount : null));
      return success({
        return_data: largestFirst(totals).map(([id, units]) => [childName.get(id) ?? id, figure(units)]),
      });
    }),
  },
  {
    method: 'POST',
    path: `${root}/cost_centers/group_by_property`,
    handle: withAnalytics(world, ({ first, last, holds, groupBy }) => {
      const keyOf = groupKey(groupBy);
      if (keyOf === null) return badRequest();
      const monthly = isMonthly(first, last);
      const series = world.series(first, last, monthly, (leaf) => (holds(leaf) ? keyOf(leaf) : null));
      const values = [...series].map(([key, days]) => [
        key,
        { cloud_account_id: key, property: { v: 0, id: key }, chart_data: points(days) },
      ]);
      return success({ return_data: { mode: monthly ? 1 : 0, values: Object.fromEntries(values) } });
    }),
  },
  {
    method: 'GET',
    path: `${root}/cloud_group_by_entities`,
    handle: withRange(world, rangeOfJsonString, (range) => {
      const keyOf = groupKey(range.group_by_type);
      if (keyOf === null) return badRequest();
      const totals = world.totals(range.start_date, range.end_date, (leaf) =>
        [cloudNames[leaf.cloud], keyOf(leaf), leaf.costAccount].join(separator),
      );
      const rows = largestFirst(totals).slice(0, 10);
      return success({
        data: rows.map(([key, units]) => {
          const [cloud, name = '', account = ''] = key.split(separator);
          return { cloud, name: childName.get(name) ?? name, acc_name: accountName.get(account), cost: figure(units) };
        }),
      });
    }),
  },
  {
    method: 'GET',
    path: `${root}/custom_report/cloud_overallcost`,
    handle: withRange(world, rangeOfJsonString, (range) => overallCost(world, range)),
  },
  {
    method: 'GET',
    path: `${root}/cloud_overallcost`,
    handle: withRange(world, rangeOfJsonString, (range) => summaryCost(world, range)),
  },
  { method: 'GET', path: `${root}/bills`, handle: withRange(world, rangeOfQuery, (range) => bills(world, range)) },
];
