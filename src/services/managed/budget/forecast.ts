import { firstUnreportedOf, forecastRows, historyStart } from '../../../costs/forecast.ts';
import type { Clock } from '../../../domain/clock.ts';
import { addDays, daysBetween, earlier, later } from '../../../domain/day.ts';
import { type Money, totalsOfMoney } from '../../../domain/money.ts';
import type { BudgetPeriod, Scope } from '../../../domain/nouns.ts';
import { takeTurns } from '../../../domain/turns.ts';
import type { Connection } from '../../../vendor/connection.ts';
import { currentSpan } from './period.ts';
import type { ScopeCosts } from './scope-costs.ts';

/** Expected cost of the scope in its current period, known days included; null if it cannot be forecast. */
export type ForecastBudget = (
  connection: Connection,
  scope: Scope,
  period: BudgetPeriod,
  deadline: number,
) => Promise<Money | null>;

/** Wait limit of a forecast, which runs in the background of a list. */
const forecastMsMax = 30_000;

export const createBudgetForecast =
  (costs: ScopeCosts, clock: Clock): ForecastBudget =>
  async (connection, scope, period, deadline) => {
    const today = clock.today();
    const span = currentSpan(period, today);
    if (span === null || period === 'daily') return null;
    const start = earlier(historyStart(today), span.start);
    const asked = { start, end: addDays(today, 1), granularity: 'daily' as const };
    const part = await costs.rows(connection, scope, asked, Math.min(deadline, clock.monotonic() + forecastMsMax));
    if (part.state !== 'fresh' && part.state !== 'stale') return null;
    const from = firstUnreportedOf([part.completeThrough], today);
    if (daysBetween(from, span.end) < 1) return null;
    const frame = { start, from, horizon: span.end };
    const ahead = await forecastRows(part.value, frame, 'daily', true, takeTurns(clock));
    const known = part.value.filter((row) => row.start >= span.start && row.start < later(from, span.start));
    const [total, ...others] = totalsOfMoney([...known, ...ahead].map((row) => row.cost));
    return total === undefined || others.length > 0 ? null : total;
  };
