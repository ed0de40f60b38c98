import { z } from 'zod';
import { type Day, monthEnd, monthOf, monthStart } from '../../../src/domain/day.ts';
import { decimal, decimalText } from '../../../src/domain/decimal.ts';
import type { SandboxReply, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { BudgetBook, nameOf, type SandboxBudget } from './budgets.ts';
import { policyRows } from './policy-rows.ts';
import { contactsSchema, users } from './users.ts';
import {
  badRequest,
  epochOf,
  figure,
  monthName,
  notFound,
  numberText,
  percentOf,
  points,
  readBody,
  stamp,
  success,
} from './wire.ts';
import { unitsOf, type World } from './world.ts';

const root = '/cs/api/cost';
const row = (book: BudgetBook, budget: SandboxBudget) => {
  const { limit, spent } = book.state(budget);
  return {
    budget_id: budget.id,
    budget_name: budget.name,
    account_type: budget.policy.accountType,
    account_id: budget.policy.accountId,
    policy_id: budget.policy.id,
    period: budget.period,
    period_rh: `cl.cst.${budget.period.toLowerCase()}`,
    budget_value: figure(limit),
    spending: figure(spent),
    // The real service returns this sign, in contrast to its documentation.
    remaining: figure(spent - limit),
    percent: Math.min(100, percentOf(spent, limit)),
    prev_val: figure(limit),
    trend: 0,
    unit: 1,
    unit_type: 1,
    display_currency: 'USD',
    currency_unicode: '$',
    currency_locale: 'en-US',
    status: 1,
  };
};

/** A budget whose limit is a share of the spend before. */
const percentageRow = {
  budget_id: '56',
  budget_name: 'Not a quarter more',
  account_type: 0,
  account_id: '33240000000059001',
  policy_id: '34',
  period: 'Monthly',
  period_rh: 'cl.cst.monthly',
  budget_value: 125,
  spending: 61.4,
  percent: 49,
  unit: 2,
  unit_type: 1,
  display_currency: 'USD',
  status: 1,
};

const alertsOf = (book: BudgetBook, budget: SandboxBudget, today: Day) => {
  const { limit, spent } = book.state(budget);
  if (spent <= limit) return [];
  const first = monthStart(monthOf(today));
  const end = monthEnd(monthOf(today));
  return [
    {
      threshold: figure(limit),
      usage: figure(spent),
      budget: figure(limit),
      deviation: figure(limit - spent),
      start_date: `${monthName(first)}-${first.slice(0, 4)}`,
      start_date_num: stamp(first),
      end_date: stamp(end),
      start_time: epochOf(first),
      end_time: epochOf(end),
      notified_date: `${today}T05:32:19+0530`,
      notified_Time: epochOf(today),
    },
  ];
};

const common = { currency_code: 'USD', currency_symbol: '$', currency_locale: 'en-US', status: 1 };
const created = '08-Oct-2025 15:20';

const infoOf = (book: BudgetBook, budget: SandboxBudget, today: Day) => {
  const { limit, spent, forecast } = book.state(budget);
  return {
    info: {
      name: budget.name,
      period: budget.period,
      period_rh: `cl.cst.${budget.period.toLowerCase()}`,
      mode: 'Amount',
      mode_id: 1,
      budgeted: figure(limit),
      usage_value: figure(spent),
      forecasted_val: figure(forecast),
      forecast_percent: Math.min(100, percentOf(forecast, limit)),
      budget_percent: Math.min(100, percentOf(spent, limit)),
      currency_unicode: '$',
      currency_code: 'USD',
      currency_locale: 'en-US',
      status: 1,
      created_time: created,
      last_updated_time: created,
      notify_via: 1,
      policy: {
        policy_id: budget.policy.id,
        policy_name: budget.policy.name,
        account_type: budget.policy.accountType,
        account_id: budget.policy.accountId,
        account_name: nameOf(budget.policy),
        cost_type: 'ACTUAL_COST',
        tags: {},
      },
    },
    alerts: alertsOf(book, budget, today),
  };
};

const historyOf = (book: BudgetBook, budget: SandboxBudget) => {
  const usage = book.history(budget);
  const { limit } = book.state(budget);
  return {
    meta: {
      checks_id: budget.id,
      budget_name: budget.name,
      budget_period: budget.period,
      account_type: budget.policy.accountType,
      policy_id: budget.policy.id,
      created_time: created,
      ...common,
    },
    chart_data: {
      usage_values: points(usage),
      budget_values: points(new Map([...usage.keys()].map((day) => [day, limit]))),
    },
    return_data: [...usage].map(([first, units]) => ({
      start_date: `${monthName(first)}-${first.slice(0, 4)}`,
      end_date: `${monthName(monthEnd(monthOf(first)))}-${monthEnd(monthOf(first)).slice(0, 4)}`,
      start_time: epochOf(first),
      end_time: epochOf(monthEnd(monthOf(first))),
      checked_time: epochOf(first),
      notified_time: epochOf(first),
      usage_val: figure(units),
      budgeted: figure(limit),
      deviation: figure(limit - units),
    })),
  };
};

const policySchema = z.object({
  account_type: z.literal([0, 1, 2]),
  account_id: z.string(),
  policy_type: z.literal(0),
  cost_type: z.int(),
  policy_name: z.string().min(1),
  budget_tags: z.array(z.unknown()).default([]),
});
const detailsSchema = z.object({
  budget_name: z.string().min(1),
  period: z.enum(['Monthly', 'Daily', 'MTD', 'YTD', 'Forecast_Month']),
  policy_id: z.string(),
  policy_account_type: z.literal([0, 1, 2]),
  budget_value: numberText,
  unit: z.literal(1),
  unit_type: z.literal(1),
  unit_code: z.string(),
  checks_type: z.literal(1),
  alert_configs: z.array(z.object({ notify_percentage: numberText })),
  contact_type: z.literal(1),
  contact_ids: contactsSchema,
});

export const budgetRoutes = (world: World): SandboxRoute[] => {
  const book = new BudgetBook(world);
  const withBudget = (path: string, answer: (budget: SandboxBudget) => unknown): SandboxRoute => ({
    method: 'GET',
    path: `${root}/budget/${path}`,
    handle: ({ params }): SandboxReply => {
      const budget = book.budget(params.budget_id);
      return budget === undefined ? notFound() : success(answer(budget));
    },
  });
  return [
    {
      method: 'GET',
      path: `${root}/budget/dashboard`,
      handle: ({ query }) =>
        query.get('type') === '1' && /^[012]$/.test(query.get('account_type') ?? '')
          ? success([
              ...book.ofType(query.get('account_type')).map((budget) => row(book, budget)),
              ...(world.variants.has('percentage-budget') && query.get('account_type') === '0' ? [percentageRow] : []),
            ])
          : badRequest(),
    },
    withBudget('budget_info/:budget_id', (budget) => infoOf(book, budget, world.today())),
    withBudget('budget_history/:budget_id', (budget) => historyOf(book, budget)),
    withBudget('budget_alerts/:budget_id', (budget) => ({
      alerts: alertsOf(book, budget, world.today()),
      meta: { budget_name: budget.name, account_type: budget.policy.accountType, created_time: created, ...common },
    })),
    { method: 'GET', path: `${root}/budget/users`, handle: () => success(users) },
    {
      method: 'GET',
      path: `${root}/budget/budget_policys/:account_type`,
      handle: ({ params }) => success({ data: policyRows(book.policies(), params.account_type) }),
    },
    {
      method: 'POST',
      path: `${root}/budget/budget_policy`,
      handle: (request) => {
        const body = readBody(request, policySchema);
        if (body === undefined) return badRequest();
        const { account_type: accountType, account_id: accountId, policy_name: name, cost_type: costType } = body;
        if (nameOf({ accountType, accountId }) === '') {
          return { status: 400, json: { message: 'Invalid policy configuration', code: 1 } };
        }
        const policy = book.addPolicy(name, accountType, accountId, costType);
        return success({ policy_id: policy.id, status: 'Policy created successfully' });
      },
    },
    {
      method: 'POST',
      path: `${root}/budget/budget_details`,
      handle: (request) => {
        const body = readBody(request, detailsSchema);
        const policy = book.policy(body?.policy_id ?? '');
        if (body === undefined || policy === undefined) return badRequest();
        const budget = book.addBudget({
          name: body.budget_name,
          policy,
          period: body.period,
          limit: () => unitsOf(decimalText(decimal(body.budget_value))),
        });
        return success({ budget_id: budget.id, data: 'Budget Created Successfully' });
      },
    },
  ];
};
