import { z } from 'zod';
import type { Span } from '../../../costs/planning/spans.ts';
import type { CostRow } from '../../../costs/rows/arrange.ts';
import type { Clock } from '../../../domain/clock.ts';
import { add, zero } from '../../../domain/decimal.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import { amountOf, type Money, money } from '../../../domain/money.ts';
import {
  type Budget,
  type BudgetInput,
  type BudgetSpan,
  budgetSpanSchema,
  type FiredAlert,
  firedAlertSchema,
} from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { BudgetSource } from '../../../vendor/contract/contract.ts';
import { gather } from '../../../vendor/gather.ts';
import type { ListCache } from '../../../vendor/list-cache.ts';
import type { Part } from '../../../vendor/part.ts';
import type { Ask } from '../../list-request.ts';
import type { Find, Found } from '../find.ts';
import type { ManagedReadings } from '../readings.ts';
import { percentUsed, reaches } from './arithmetic.ts';
import { currentSpan, pastSpans } from './period.ts';
import type { ScopeCosts } from './scope-costs.ts';

interface Past {
  readonly spans: readonly BudgetSpan[];
  readonly alerts: readonly FiredAlert[];
}

const pastSchema = z.object({ spans: z.array(budgetSpanSchema), alerts: z.array(firedAlertSchema) });
const historyMaxAgeMs = 5 * 60_000;
/** Limit on the days that are fetched where each day takes a call. */
const dayCallsMax = 92;

const inSpan = (rows: readonly CostRow[], { start, end }: Span): CostRow[] =>
  rows.filter((row) => row.start >= start && row.start < end);

const sumOf = (rows: readonly CostRow[], currency: string): Money =>
  money(
    rows.reduce((total, row) => add(total, amountOf(row.cost)), zero),
    currency,
  );

/** The day on which each threshold was crossed. Costs are daily, so `firedAt` is the start of the day. */
const firedIn = (rows: readonly CostRow[], { limit, alerts }: Budget): FiredAlert[] => {
  if (limit === null) return [];
  const pending = [...new Set(alerts.map((alert) => alert.thresholdPercent))];
  const fired: FiredAlert[] = [];
  let total = zero;
  for (const row of rows) {
    total = add(total, amountOf(row.cost));
    const spent = money(total, limit.currency);
    for (const thresholdPercent of pending.filter((each) => reaches(spent, limit, each))) {
      pending.splice(pending.indexOf(thresholdPercent), 1);
      fired.push({ thresholdPercent, firedAt: `${row.start}T00:00:00Z`, spent });
    }
  }
  return fired;
};

export interface BudgetHistoryOptions {
  readonly clock: Clock;
  readonly listCache: ListCache;
  readonly readings: ManagedReadings<Budget, BudgetInput>;
  readonly costs: ScopeCosts;
  readonly find: Find<Budget>;
}

export interface BudgetPeriodSpend extends BudgetSpan {
  readonly percentUsed: string | null;
}
export type BudgetHistoryService = (
  id: string,
  ask: Ask,
) => Promise<{
  readonly data: { readonly periods: readonly BudgetPeriodSpend[]; readonly alerts: readonly FiredAlert[] };
  readonly meta: Found<Budget>['meta'];
}>;

type HistoryAsk = Pick<Ask, 'noCache' | 'deadline'>;

export const createBudgetHistory = (options: BudgetHistoryOptions): BudgetHistoryService => {
  const { clock, listCache, readings, costs, find } = options;
  const vendorHistory = async (
    connection: Connection,
    budget: Budget,
    history: NonNullable<BudgetSource['history']>,
    ask: HistoryAsk,
  ): Promise<Part<Past | null>> => {
    const part = await listCache.read(connection, {
      ...ask,
      name: `budget-history/${budget.nativeId}/${await readings.version(connection)}`,
      item: pastSchema,
      maxAgeMs: historyMaxAgeMs,
      load: async (session) => {
        const told = await history(session, budget.nativeId);
        if (told === null) return { items: [], notes: [], faults: [] };
        const { items, alerts, notes, faults } = told;
        return { items: [{ spans: [...items], alerts: [...alerts] }], notes, faults };
      },
    });
    return { ...part, value: part.value[0] ?? null };
  };

  /** Computed from the connection's costs and today's limit, without periods before the first cost or with costs in another currency. */
  const computed = async (connection: Connection, budget: Budget, ask: HistoryAsk): Promise<Part<Past>> => {
    const today = clock.today();
    const current = currentSpan(budget.period, today);
    const past = pastSpans(budget.period, today);
    const first = past[0];
    if (current === null || first === undefined) throw noHistory(connection, vendorPeriod);
    const callPerDay = !(await costs.readsDaysInBulk(connection, budget.scope, ask.deadline));
    const daily = !callPerDay || budget.period === 'daily';
    const range = {
      start: first.start,
      end: current.start,
      granularity: daily ? ('daily' as const) : ('monthly' as const),
    };
    const part = await costs.rows(connection, budget.scope, range, ask.deadline);
    const rows = part.value;
    const currency = budget.limit?.currency ?? rows[0]?.cost.currency ?? '';
    const inLimit = (row: CostRow): boolean => row.cost.currency === currency;
    const withCosts = past.filter(
      (span) => rows.some((row) => row.start < span.end) && inSpan(rows, span).every(inLimit),
    );
    const days = budget.alerts.length > 0 && (!callPerDay || daysElapsed(current, today) <= dayCallsMax);
    const now = days
      ? (await costs.rows(connection, budget.scope, { ...current, granularity: 'daily' }, ask.deadline)).value
      : [];
    return {
      ...part,
      notes: (daily && days) || budget.alerts.length === 0 ? part.notes : [...part.notes, partialAlerts],
      value: {
        spans: withCosts.map((span) => ({ ...span, limit: budget.limit, spent: sumOf(inSpan(rows, span), currency) })),
        alerts: [
          ...(daily ? withCosts.flatMap((span) => firedIn(inSpan(rows, span), budget)) : []),
          ...(now.every(inLimit) ? firedIn(now, budget) : []),
        ],
      },
    };
  };

  return async (id, ask) => {
    const { connection, listed } = await find(id, ask);
    const { thing: budget, managedBy } = listed;
    const history = managedBy === 'gateway' ? undefined : connection.connector.capabilities.budgets?.history;
    const reason = costs.cannotFollow(connection, budget.scope);
    const told =
      history === undefined
        ? null
        : await gather([connection], false, () => vendorHistory(connection, budget, history, ask));
    const untold = told === null || told.parts[0]?.value === null;
    if (untold && budget.period === 'other') throw noHistory(connection, vendorPeriod);
    if (untold && reason !== null) throw noHistory(connection, reason);
    const { parts, complete, providers } = untold
      ? await gather([connection], false, () => computed(connection, budget, ask))
      : told;
    const past = parts[0]?.value ?? { spans: [], alerts: [] };
    return {
      data: {
        periods: past.spans.map((span) => ({
          ...span,
          percentUsed: span.limit === null ? null : percentUsed(span.spent, span.limit),
        })),
        alerts: past.alerts,
      },
      meta: { complete, providers },
    };
  };
};

const vendorPeriod = 'Only the vendor knows when its period begins and ends.';
const noHistory = (connection: Connection, why: string): Failure =>
  new Failure('capability-unsupported', {
    public: `${connection.title} has no history of this budget, and its costs do not show one. ${why}`,
  });

const daysElapsed = ({ start }: Span, today: string): number =>
  Math.round((Date.parse(today) - Date.parse(start)) / 86_400_000) + 1;

const partialAlerts = {
  code: 'alerts-incomplete',
  message: 'alerts are listed for the current period only: past periods would need a vendor call per day',
};
