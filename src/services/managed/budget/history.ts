import { z } from 'zod';
import type { CostRow } from '../../../costs/rows/arrange.ts';
import type { Clock } from '../../../domain/clock.ts';
import { add, zero } from '../../../domain/decimal.ts';
import { Failure } from '../../../domain/failure/failure.ts';
import { amountOf, type Money, money } from '../../../domain/money.ts';
import { type BudgetSpan, budgetSpanSchema, type FiredAlert, firedAlertSchema } from '../../../domain/nouns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import type { BudgetSource } from '../../../vendor/contract/contract.ts';
import { gather } from '../../../vendor/gather.ts';
import type { HeldReadings } from '../../../vendor/list-cache.ts';
import type { Part } from '../../../vendor/part.ts';
import { metaOf } from './answers.ts';
import { percentUsed, reaches } from './arithmetic.ts';
import type { Found } from './find.ts';
import { currentSpan, pastSpans, type Span } from './period.ts';
import type { BudgetReadings, KeptBudget } from './readings.ts';
import type { ScopeCosts } from './scope-costs.ts';

interface Past {
  readonly spans: readonly BudgetSpan[];
  readonly alerts: readonly FiredAlert[];
}

const pastSchema = z.object({ spans: z.array(budgetSpanSchema), alerts: z.array(firedAlertSchema) });
const maxAgeMs = 5 * 60_000;
/** Beyond this, days that have to be bought one by one are not asked for. */
const dearDaysMax = 92;

const inSpan = (rows: readonly CostRow[], { start, end }: Span): CostRow[] =>
  rows.filter((row) => row.start >= start && row.start < end);

const sumOf = (rows: readonly CostRow[], currency: string): Money =>
  money(
    rows.reduce((total, row) => add(total, amountOf(row.cost)), zero),
    currency,
  );

/** On which day each threshold was crossed. Days are all that is known, so an alert stands at the beginning of its day. */
const firedIn = (rows: readonly CostRow[], { limit, alerts }: KeptBudget): FiredAlert[] => {
  const waiting = [...new Set(alerts.map((alert) => alert.thresholdPercent))];
  const fired: FiredAlert[] = [];
  let total = zero;
  for (const row of rows) {
    total = add(total, amountOf(row.cost));
    const spent = money(total, limit.currency);
    for (const thresholdPercent of waiting.filter((each) => reaches(spent, limit, each))) {
      waiting.splice(waiting.indexOf(thresholdPercent), 1);
      fired.push({ thresholdPercent, firedAt: `${row.start}T00:00:00Z`, spent });
    }
  }
  return fired;
};

export interface BudgetHistoryOptions {
  readonly clock: Clock;
  readonly held: HeldReadings;
  readonly readings: BudgetReadings;
  readonly costs: ScopeCosts;
}

interface HistoryAsk {
  readonly noCache: boolean;
  readonly deadline: number;
}

export const openBudgetHistory = ({ clock, held, readings, costs }: BudgetHistoryOptions) => {
  const told = async (
    connection: Connection,
    budget: KeptBudget,
    history: NonNullable<BudgetSource['history']>,
    ask: HistoryAsk,
  ): Promise<Part<Past>> => {
    const part = await held.read(connection, {
      ...ask,
      name: `budget-history/${budget.nativeId}/${await readings.version(connection)}`,
      item: pastSchema,
      maxAgeMs,
      load: async (session) => {
        const { items, alerts, notes, faults } = await history(session, budget.nativeId);
        return { items: [{ spans: [...items], alerts: [...alerts] }], notes, faults };
      },
    });
    return { ...part, value: part.value[0] ?? { spans: [], alerts: [] } };
  };

  /** From the connection's own costs, by today's limit. Left out are periods before the first cost, and those with costs in another currency. */
  const computed = async (connection: Connection, budget: KeptBudget, ask: HistoryAsk): Promise<Part<Past>> => {
    const today = clock.today();
    const current = currentSpan(budget.period, today);
    const past = pastSpans(budget.period, today);
    const first = past[0];
    if (current === null || first === undefined) throw untold(connection, ownPeriod);
    const dear = !costs.hasCheapDays(connection, budget.scope);
    const daily = !dear || budget.period === 'daily';
    const range = {
      start: first.start,
      end: current.start,
      granularity: daily ? ('daily' as const) : ('monthly' as const),
    };
    const part = await costs.rows(connection, budget.scope, range, ask.deadline);
    const { currency } = budget.limit;
    const inLimit = (row: CostRow): boolean => row.cost.currency === currency;
    const rows = part.value;
    const begun = past.filter((span) => rows.some((row) => row.start < span.end) && inSpan(rows, span).every(inLimit));
    const days = budget.alerts.length > 0 && (!dear || daysOf(current, today) <= dearDaysMax);
    const now = days
      ? (await costs.rows(connection, budget.scope, { ...current, granularity: 'daily' }, ask.deadline)).value
      : [];
    return {
      ...part,
      notes: (daily && days) || budget.alerts.length === 0 ? part.notes : [...part.notes, dayless],
      value: {
        spans: begun.map((span) => ({ ...span, limit: budget.limit, spent: sumOf(inSpan(rows, span), currency) })),
        alerts: [
          ...(daily ? begun.flatMap((span) => firedIn(inSpan(rows, span), budget)) : []),
          ...(now.every(inLimit) ? firedIn(now, budget) : []),
        ],
      },
    };
  };

  return async ({ connection, budget }: Found, ask: HistoryAsk): Promise<unknown> => {
    const history = budget.managedBy === 'gateway' ? undefined : readings.source(connection).history;
    const reason = costs.cannotFollow(connection, budget.scope);
    if (history === undefined && budget.period === 'other') throw untold(connection, ownPeriod);
    if (history === undefined && reason !== null) throw untold(connection, reason);
    const gathered = await gather([connection], false, () =>
      history === undefined ? computed(connection, budget, ask) : told(connection, budget, history, ask),
    );
    const past = gathered.parts[0]?.value ?? { spans: [], alerts: [] };
    return {
      data: {
        periods: past.spans.map((span) => ({ ...span, percentUsed: percentUsed(span.spent, span.limit) })),
        alerts: past.alerts,
      },
      meta: metaOf(gathered),
    };
  };
};

const ownPeriod = 'Its period is one that only the vendor can count.';
const untold = (connection: Connection, why: string): Failure =>
  new Failure('capability-unsupported', {
    public: `${connection.title} tells no history of this budget, and its costs do not show one. ${why}`,
  });

const daysOf = ({ start }: Span, today: string): number =>
  Math.round((Date.parse(today) - Date.parse(start)) / 86_400_000) + 1;

const dayless = {
  code: 'alerts-incomplete',
  message: 'alerts are named for the current period only: the days of past ones would each cost the vendor a call',
};
