import { z } from 'zod';
import { addDays, addMonths, type Day, monthOf, monthStart, monthsIn } from '../../../src/domain/day.ts';
import { decimal } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { draw } from '../../../src/vendor/sandbox/world.ts';
import { type CostAccount, costAccounts, costCenters, type Leaf } from './estate.ts';
import { badRequest, exactly, figure, largestFirst, monthName, notFound, points, readBody, success } from './wire.ts';
import type { World } from './world.ts';

const root = '/cs/api/cost';

const availability = (world: World) => ({
  max_date: `${world.today()}T01:47:05+0530`,
  min_date: `${world.firstDay()}T00:00:00+0000`,
});

const accountData = (account: CostAccount) => ({
  zaaid: '34700657',
  cloud_type: account.cloud,
  cost_account_id: account.id,
  account_name: account.name,
  child_accounts: account.children.map((child) => ({
    name: child.name,
    billing_account_id: child.id,
    cloud_type: account.cloud,
    aws_account_id: child.nativeId,
    is_payer_account: child.payer,
    name_with_entity: child.name,
  })),
});

/** The accounts of one cost account have fewer members than those in the tree of all. */
const accountAnalysis = (account: CostAccount) => ({
  cloud_type: account.cloud,
  cost_account_id: account.id,
  account_name: account.name,
  integrated_zaaids: [],
  child_accounts: accountData(account).child_accounts.map(({ cloud_type: _cloud, ...child }) => child),
});

const overview = (world: World): SandboxReply => {
  const today = world.today();
  const thisMonth = monthStart(monthOf(today));
  const lastMonth = addMonths(thisMonth, -1);
  const row = (account: CostAccount) => {
    const own = (leaf: Leaf): boolean => leaf.costAccount === account.id;
    const current = world.total(thisMonth, today, own);
    const previous = world.total(lastMonth, addDays(thisMonth, -1), own);
    const top = (keyOf: (leaf: Leaf) => string) =>
      largestFirst(world.totals(thisMonth, today, (leaf) => (own(leaf) ? keyOf(leaf) : null)))[0] ?? ['', 0n];
    const [service, serviceCost] = top((leaf) => leaf.service);
    const [region, regionCost] = top((leaf) => leaf.region);
    return {
      creation_time: '18-Aug-2025 14:44',
      last_processed_time: '02-Dec-2025 16:31',
      bill_processed: true,
      cloud_type: account.cloud,
      account_name: account.name,
      billing_currency: '$',
      total_current_month: figure(current),
      total_prev_month: figure(previous),
      forecast_val: figure(world.monthForecast(current)),
      not_to_delete: false,
      chart_data: points(
        world.series(lastMonth, today, true, (leaf) => (own(leaf) ? 'all' : null)).get('all') ?? new Map(),
      ),
      top_spend_entity: { service, service_cost: figure(serviceCost), region, region_cost: figure(regionCost) },
    };
  };
  return success({
    current_month_total: figure(world.total(thisMonth, today)),
    previous_month_total: figure(world.total(lastMonth, addDays(thisMonth, -1))),
    // The real service reports 0 here although there is spend.
    total_accounts: 0,
    all_accounts: {
      processing_accounts: {},
      suspended_accounts: {},
      config_error_accounts: {},
      processed_accounts: Object.fromEntries(costAccounts.map((account) => [account.id, row(account)])),
    },
  });
};

const middleRates = new Map([
  ['INR', 0.0117],
  ['EUR', 1.1135],
  ['GBP', 1.2874],
]);
const rateOf = (world: World, base: string, month: string): string => {
  const middle = middleRates.get(base) ?? 1;
  const factor = 1 + 0.05 * (2 * draw(world.seed, 'rate', base, month) - 1);
  return (middle * factor).toFixed(6);
};

interface CustomRate {
  readonly month: string;
  readonly base: string;
  readonly display: string;
  readonly rate: string;
}

const exchangeRates = (world: World, customRates: readonly CustomRate[]): SandboxReply => {
  const last = monthStart(monthOf(world.today()));
  const months = monthsIn(addMonths(last, -35), addDays(last, 1)).reverse();
  return success(
    months.map((month) => {
      const first: Day = monthStart(month);
      const custom = customRates.filter((rate) => rate.month === month);
      const own = [...middleRates.keys()].filter(
        (base) => !custom.some((rate) => rate.base === base && rate.display === 'USD'),
      );
      const row = (base: string, display: string, rate: string, input: boolean) => ({
        base_currency: base,
        display_currency: display,
        exchange_rate: exactly(decimal(rate)),
        has_exchange_rate: true,
        is_exchange_rate_input: input,
      });
      return {
        month: `${monthName(first)} ${first.slice(0, 4)}`,
        values: [
          ...own.map((base) => row(base, 'USD', rateOf(world, base, month), false)),
          ...custom.map((rate) => row(rate.base, rate.display, rate.rate, true)),
          { base_currency: 'AED', display_currency: 'USD', has_exchange_rate: false, is_exchange_rate_input: false },
        ],
      };
    }),
  );
};

const currencyPattern = /^[A-Z]{3}$/;
const customRateSchema = z.object({
  month: z.string().regex(/^(0[1-9]|1[0-2])-\d{4}$/),
  values: z
    .array(
      z.object({
        base_currency: z.string().regex(currencyPattern),
        display_currency: z.string().regex(currencyPattern),
        exchange_rate_input: z.number().positive(),
      }),
    )
    .min(1),
});

/** One answer that several pages of the product have under a path of their own. */
const clones = (name: string, pages: readonly string[], handle: () => SandboxReply): SandboxRoute[] =>
  pages.map((page) => ({ method: 'GET', path: `${root}${page}/${name}`, handle }));

export const accountRoutes = (world: World): SandboxRoute[] => {
  let customRates: CustomRate[] = [];
  return [
    ...clones('accounts_data', ['/reports', '/custom_report', '/cost_centers', '/admin'], () =>
      success({ all_accounts: costAccounts.map(accountData) }),
    ),
    ...clones('cost_centers', ['', '/budget', '/anomaly', '/admin'], () => success({ business_units: costCenters })),
    ...clones('cloud_available_range', ['', '/custom_report'], () => success(availability(world))),
    { method: 'GET', path: `${root}/budget/accounts`, handle: () => overview(world) },
    { method: 'GET', path: `${root}/accounts_status`, handle: () => success({ billProcess: false }) },
    {
      method: 'GET',
      path: `${root}/reports/spend_analysis`,
      handle: (request) => {
        const account = costAccounts.find((each) => each.id === request.query.get('cost_account_id'));
        return account === undefined
          ? notFound()
          : success({ all_accounts: [accountAnalysis(account)], ...availability(world) });
      },
    },
    { method: 'GET', path: `${root}/display_currency`, handle: () => success({ display_currency: 'USD' }) },
    { method: 'GET', path: `${root}/exchange_rates`, handle: () => exchangeRates(world, customRates) },
    {
      method: 'POST',
      path: `${root}/exchange_rate`,
      handle: (request) => {
        const body = readBody(request, customRateSchema);
        if (body === undefined) return badRequest();
        const month = `${body.month.slice(3)}-${body.month.slice(0, 2)}`;
        const added = body.values.map((value) => ({
          month,
          base: value.base_currency,
          display: value.display_currency,
          rate: String(value.exchange_rate_input),
        }));
        const replaced = (old: CustomRate) =>
          added.some((rate) => rate.month === old.month && rate.base === old.base && rate.display === old.display);
        customRates = [...customRates.filter((old) => !replaced(old)), ...added];
        return success({ status: 'success' });
      },
    },
    {
      method: 'GET',
      path: `${root}/currencies_format`,
      handle: () =>
        success([
          { currency: 'USD', format_value: '$ 7,000,000.52' },
          { currency: 'EUR', format_value: '€ 7.000.000,52' },
          { currency: 'GBP', format_value: '£ 7,000,000.52' },
          { currency: 'INR', format_value: 'INR 70,00,000.52' },
        ]),
    },
  ];
};
