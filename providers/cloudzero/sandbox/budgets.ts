import { z } from 'zod';
import type { Clock } from '../../../src/domain/clock.ts';
import { addDays, addMonths, type Day, daysIn, earlier, monthOf, monthStart } from '../../../src/domain/day.ts';
import { type Decimal, decimal, decimalText, divide, multiply, sum } from '../../../src/domain/decimal.ts';
import type { SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { byId, collectionRoutes, type Stored } from './collection.ts';
import { type Checked, faultOf, fine, type Manner, wrong } from './replies.ts';
import { type View, views } from './views.ts';
import type { World } from './world.ts';

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
  planned_limits: z.object({
    monthly: z
      .record(
        z.string().regex(/^\d{4}-\d{2}-01T00:00:00(Z|\+00:00)$/),
        z.object({ amount: z.string().regex(amountPattern) }),
      )
      .refine((limits) => Object.keys(limits).length > 0, 'has no limit'),
  }),
  view: z.object({ id: z.string() }),
  alerts: z.record(z.string().regex(/^(100|[1-9]\d?)$/), z.enum(['Y', 'N'])).optional(),
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

type Fields = Readonly<Record<string, unknown>>;

const checkLive = (body: Fields, others: readonly Stored[]): Checked<Fields> => {
  const parsed = liveInput.safeParse(body);
  if (!parsed.success) return faultOf(parsed.error);
  const { view, name } = parsed.data;
  if (viewOf(view.id) === undefined) return wrong(`there is no view ${view.id}`);
  const taken = others.some((each) => {
    const other = liveInput.parse(each.fields);
    return other.name === name && other.view.id === view.id;
  });
  return taken ? wrong(`the view has another budget of the name ${name}`) : fine({ ...parsed.data, ...always });
};

const checkPublished = (body: Fields): Checked<Fields> => {
  const parsed = publishedInput.safeParse(body);
  if (!parsed.success) return faultOf(parsed.error);
  const view = parsed.data.view_id;
  const unknown = view !== null && view !== undefined && viewOf(view) === undefined;
  return unknown ? wrong(`there is no view ${view}`) : fine(parsed.data);
};

/** What every live budget is measured in and by; neither can be chosen. */
const always = { cost_type: 'real_cost', granularity: 'monthly' } as const;

/** The real cost of the view in these days. */
const spentIn = (world: World, view: View | undefined, start: Day, end: Day): Decimal =>
  world.total({ start, end, filters: view?.filters ?? new Map(), costWord: 'real' });

const spentThisMonth = (world: World, today: Day, view: View | undefined): Decimal =>
  spentIn(world, view, monthStart(monthOf(today)), addDays(today, 1));

/** In whole units, a function of the seed and the start day of the sandbox. */
const limitOf = (world: World, today: Day, plan: Plan): Decimal =>
  divide(spentThisMonth(world, today, viewOf(plan.view)), decimal(plan.used), 0) ?? decimal('1');

const monthsOf = { monthly: '1', quarterly: '3', annual: '12' } as const;

const seedFields = (world: World, today: Day, plan: Plan, { variant, loose }: Manner): Fields => {
  const limit = limitOf(world, today, plan);
  if (variant === 'published') {
    if (loose && plan.alerts.length === 0) return { name: plan.name, view_id: plan.view };
    return {
      name: plan.name,
      amount: Number(decimalText(multiply(limit, decimal(monthsOf[plan.period])))),
      period: plan.period,
      view_id: plan.view,
      notifications: plan.alerts
        .filter((alert) => alert.active)
        .map((alert, index) => ({
          ...(loose && index > 0 ? {} : { threshold: alert.threshold }),
          ...(loose ? {} : { recipients: ['finops@example.com'] }),
        })),
    };
  }
  // The vendor has been seen to shorten amounts.
  const cents = loose ? '' : '.00';
  const begin = monthStart(monthOf(today));
  const before = divide(multiply(limit, decimal('9')), decimal('10'), 0) ?? limit;
  return {
    name: plan.name,
    ...always,
    planned_limits: {
      monthly: {
        [`${addMonths(begin, -6)}T00:00:00+00:00`]: { amount: `${decimalText(before)}${cents}` },
        [`${begin}T00:00:00+00:00`]: { amount: `${decimalText(limit)}${cents}` },
        [`${addMonths(begin, 3)}T00:00:00+00:00`]: { amount: `${decimalText(multiply(limit, decimal('2')))}${cents}` },
      },
    },
    view: { id: plan.view },
    ...(loose && plan.alerts.length === 0
      ? {}
      : {
          alerts: Object.fromEntries(plan.alerts.map((alert) => [String(alert.threshold), alert.active ? 'Y' : 'N'])),
        }),
  };
};

const plannedOn = (day: Day, limits: Readonly<Record<string, { readonly amount: string }>>): string =>
  Object.entries(limits)
    .filter(([start]) => start.slice(0, 10) <= day)
    .sort(([left], [right]) => (left < right ? 1 : -1))[0]?.[1].amount ?? '0';

/** The fields that `?expand=` adds in the live dialect. */
const expansionsOf = (world: World, today: Day, item: Stored, loose: boolean) => {
  const { planned_limits, view: reference } = liveInput.parse(item.fields);
  const view = viewOf(reference.id);
  const limits = planned_limits.monthly;
  const figures = (start: Day, end: Day) => ({
    actual: decimalText(spentIn(world, view, start, earlier(end, addDays(today, 1)))),
    planned: plannedOn(start, limits),
  });
  const begin = monthStart(monthOf(today));
  const keyOf = (day: Day): string => (loose ? day : `${day}T00:00:00+00:00`);
  return {
    current: () => figures(begin, addDays(today, 1)),
    history: () => {
      const months = Array.from({ length: 7 }, (_, index) => addMonths(begin, index - 6));
      const quarters = [...new Set(months.map((day) => addMonths(day, -((Number(day.slice(5, 7)) - 1) % 3))))];
      const sumOf = (start: Day): string =>
        decimalText(sum([0, 1, 2].map((month) => decimal(plannedOn(addMonths(start, month), limits)))));
      return {
        monthly: Object.fromEntries(months.map((day) => [keyOf(day), figures(day, addMonths(day, 1))])),
        quarterly: Object.fromEntries(
          quarters.map((day) => [keyOf(day), { ...figures(day, addMonths(day, 3)), planned: sumOf(day) }]),
        ),
      };
    },
    /** Sums of the month so far; in the loose manner each day by itself, as the document leaves open. */
    burnup: () => ({
      daily: Object.fromEntries(
        daysIn(begin, addDays(today, 1)).map((day) => [keyOf(day), figures(loose ? day : begin, addDays(day, 1))]),
      ),
    }),
  };
};

export const budgetRoutes = (manner: Manner, world: World, clock: Clock): SandboxRoute[] => {
  const { variant, loose } = manner;
  const started = clock.today();
  const createdMs = Date.parse(`${addMonths(monthStart(monthOf(started)), -6)}T09:30:00Z`);
  const seeds = plans.map(
    (plan, index): Stored => ({
      id: plan.id,
      createdMs: createdMs + index * 3_600_000,
      updatedMs: createdMs + index * 7_200_000,
      fields: seedFields(world, started, plan, manner),
    }),
  );
  return collectionRoutes({
    variant,
    clock,
    path: '/v2/budgets',
    singular: 'budget',
    plural: 'budgets',
    items: byId(seeds),
    check: variant === 'live' ? checkLive : checkPublished,
    expandable: { list: ['current'], one: ['current', 'history', 'burnup'] },
    expand: (item, wanted) => {
      if (variant === 'published') return {};
      const expansions = expansionsOf(world, clock.today(), item, loose);
      return {
        ...(wanted.includes('current') ? { current: expansions.current() } : {}),
        ...(wanted.includes('history') ? { history: expansions.history() } : {}),
        ...(wanted.includes('burnup') ? { burnup: expansions.burnup() } : {}),
      };
    },
    loose,
  });
};
