import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import { addDays, addMonths, type Day, monthOf, monthStart } from '../../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, divide, multiply } from '../../../src/domain/decimal.ts';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { collectionRoutes, type Stored } from './collection.ts';
import { type Checked, fine, type Variant, wrong } from './replies.ts';
import { type CostWord, costWords, type Filters, type World } from './world.ts';

/** A saved filter, whose cost a budget limits. */
interface View {
  readonly id: string;
  readonly name: string;
  readonly filters: Filters;
}

const views: readonly View[] = [
  { id: 'view-3d1f0a52', name: 'Production', filters: new Map([['Tag:Environment', ['production']]]) },
  { id: 'view-8c7be914', name: 'Data platform', filters: new Map([['Account', ['839402175560']]]) },
  { id: 'view-51e2c6d0', name: 'Checkout', filters: new Map([['User:Defined:Product', ['Checkout']]]) },
  { id: 'view-a90b7f36', name: 'Compute', filters: new Map([['Service', ['AmazonEC2', 'AmazonEKS', 'AWSLambda']]]) },
  { id: 'view-e4480d1b', name: 'Everything', filters: new Map() },
];

interface Plan {
  readonly id: string;
  readonly name: string;
  readonly view: string;
  /** The approximate share of the limit that is spent this month; above 1 the budget is exceeded. */
  readonly used: string;
  readonly period: 'monthly' | 'quarterly' | 'annual';
  readonly alerts: readonly { readonly threshold: number; readonly active: boolean }[];
}

const usual = [
  { threshold: 80, active: true },
  { threshold: 100, active: true },
];
const plans: readonly Plan[] = [
  {
    id: 'budget-0c41a7',
    name: 'Production platform',
    view: 'view-3d1f0a52',
    used: '1.18',
    period: 'monthly',
    alerts: usual,
  },
  { id: 'budget-2f96be', name: 'Data platform', view: 'view-8c7be914', used: '0.93', period: 'monthly', alerts: usual },
  { id: 'budget-5b70d3', name: 'Checkout', view: 'view-51e2c6d0', used: '0.41', period: 'monthly', alerts: usual },
  {
    id: 'budget-9ad284',
    name: 'Compute',
    view: 'view-a90b7f36',
    used: '0.88',
    period: 'quarterly',
    alerts: [
      { threshold: 75, active: true },
      { threshold: 90, active: false },
    ],
  },
  { id: 'budget-d31e5c', name: 'Whole organisation', view: 'view-e4480d1b', used: '0.6', period: 'annual', alerts: [] },
];

const amountPattern = /^\d+(\.\d+)?$/;
const liveInput = z.object({
  name: z.string().min(1),
  cost_type: z.enum(costWords.map((word) => (word === 'usage_amount' ? word : `${word}_cost`))).default('real_cost'),
  planned_limits: z.object({
    monthly: z
      .record(
        z.string().regex(/^\d{4}-\d{2}-01T00:00:00(Z|\+00:00)$/),
        z.object({ amount: z.string().regex(amountPattern) }),
      )
      .refine((limits) => Object.keys(limits).length > 0, 'has no limit'),
  }),
  view: z.object({ id: z.string() }).nullish(),
  alerts: z.record(z.string().regex(/^\d+(\.\d+)?$/), z.enum(['Y', 'N'])).default({}),
});
/** A number of the body, of any precision. */
const anyNumber = z.unknown().refine((value) => /^\d+(\.\d+)?$/.test(JSON.stringify(value) ?? ''), 'is not a number');
const publishedInput = z.object({
  name: z.string().min(1),
  amount: anyNumber,
  period: z.enum(['monthly', 'quarterly', 'annual']),
  view_id: z.string().nullish(),
  notifications: z.array(z.object({ threshold: anyNumber, recipients: z.array(z.string()).default([]) })).default([]),
});

const viewOf = (id: string | null | undefined): View | undefined => views.find((view) => view.id === id);

const check =
  (variant: Variant) =>
  (body: Readonly<Record<string, unknown>>): Checked<Readonly<Record<string, unknown>>> => {
    const parsed = variant === 'live' ? liveInput.safeParse(body) : publishedInput.safeParse(body);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
    }
    const view = 'view' in parsed.data ? parsed.data.view?.id : 'view_id' in parsed.data ? parsed.data.view_id : null;
    if (view !== null && view !== undefined && viewOf(view) === undefined) return wrong(`there is no view ${view}`);
    return fine(parsed.data);
  };

/** The cost of the view this month so far. */
const spentOf = (world: World, today: Day, view: View | undefined, costWord: CostWord): Decimal =>
  world.total({
    start: monthStart(monthOf(today)),
    end: addDays(today, 1),
    filters: view?.filters ?? new Map(),
    costWord,
  });

/** In whole units, a function of the seed and the start day of the sandbox. */
const limitOf = (world: World, today: Day, plan: Plan): Decimal =>
  divide(spentOf(world, today, viewOf(plan.view), 'billed'), decimal(plan.used), 0) ?? decimal('1');

const monthsOf = { monthly: '1', quarterly: '3', annual: '12' } as const;

const seedFields = (world: World, today: Day, plan: Plan, variant: Variant): Readonly<Record<string, unknown>> => {
  const limit = limitOf(world, today, plan);
  if (variant === 'published') {
    return {
      name: plan.name,
      amount: Number(decimalText(multiply(limit, decimal(monthsOf[plan.period])))),
      period: plan.period,
      view_id: plan.view,
      notifications: plan.alerts
        .filter((alert) => alert.active)
        .map((alert) => ({ threshold: alert.threshold, recipients: ['finops@example.com'] })),
    };
  }
  const begin = monthStart(monthOf(today));
  const before = divide(multiply(limit, decimal('9')), decimal('10'), 0) ?? limit;
  return {
    name: plan.name,
    cost_type: 'billed_cost',
    planned_limits: {
      monthly: {
        [`${addMonths(begin, -6)}T00:00:00+00:00`]: { amount: `${decimalText(before)}.00` },
        [`${begin}T00:00:00+00:00`]: { amount: `${decimalText(limit)}.00` },
        [`${addMonths(begin, 3)}T00:00:00+00:00`]: { amount: `${decimalText(multiply(limit, decimal('2')))}.00` },
      },
    },
    view: { id: plan.view },
    alerts: Object.fromEntries(plan.alerts.map((alert) => [String(alert.threshold), alert.active ? 'Y' : 'N'])),
  };
};

/** The fields that `?expand=current` adds in the live dialect. */
const currentOf = (world: World, today: Day, item: Stored): Readonly<Record<string, unknown>> => {
  const fields = liveInput.parse(item.fields);
  const begun = Object.entries(fields.planned_limits.monthly)
    .filter(([start]) => start.slice(0, 10) <= today)
    .sort(([left], [right]) => (left < right ? 1 : -1))[0];
  const costWord = costWords.find((word) => `${word}_cost` === fields.cost_type) ?? 'usage_amount';
  const actual = decimalText(spentOf(world, today, viewOf(fields.view?.id), costWord));
  return { current: { actual, planned: begun?.[1].amount ?? null } };
};

export const budgetRoutes = (variant: Variant, world: World, clock: Clock): SandboxRoute[] => {
  const started = clock.today();
  const createdMs = Date.parse(`${addMonths(monthStart(monthOf(started)), -6)}T09:30:00Z`);
  const seeds = plans.map(
    (plan, index): Stored => ({
      id: plan.id,
      createdMs: createdMs + index * 3_600_000,
      updatedMs: createdMs + index * 7_200_000,
      fields: seedFields(world, started, plan, variant),
    }),
  );
  return collectionRoutes({
    variant,
    clock,
    path: '/v2/budgets',
    singular: 'budget',
    plural: 'budgets',
    seeds,
    check: check(variant),
    expand: (item, wanted) =>
      variant === 'live' && wanted.includes('current') ? currentOf(world, clock.today(), item) : {},
  });
};
