import type { AskOptions, CostAnswer, CostEngine } from '../costs/engine.ts';
import { type CostQuery, knownEnd } from '../costs/query/query.ts';
import { addDays, addMonths, type Day, daysBetween } from '../domain/day.ts';
import { type Decimal, percentText, subtract, zero } from '../domain/decimal.ts';
import { asFailure } from '../domain/failure/failure.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import { amountOf, type Money, money } from '../domain/money.ts';
import type { Connection } from '../vendor/connection.ts';
import { failedStatus, worseStatus } from '../vendor/gather.ts';

export const comparisons = ['previous-period', 'previous-month', 'previous-year'] as const;
export type Comparison = (typeof comparisons)[number];

export interface SummaryRow {
  readonly provider: string;
  readonly connection: string;
  readonly current: Money;
  readonly previous: Money | null;
  readonly change: Money | null;
  readonly changePercent: string | null;
}

/** The range to compare with: the equally long one before, or the same days a month or a year earlier. */
export const rangeBefore = (query: CostQuery, comparison: Comparison, today: Day): { start: Day; end: Day } => {
  const end = knownEnd(query, today);
  if (comparison === 'previous-period') {
    return { start: addDays(query.start, -daysBetween(query.start, end)), end: query.start };
  }
  const months = comparison === 'previous-month' ? -1 : -12;
  const start = addMonths(query.start, months);
  // Whole months stay whole. Otherwise the last day moves, so that 30 March is compared with the end of February.
  if (end.endsWith('-01')) return { start, end: addMonths(end, months) };
  return { start, end: addDays(addMonths(addDays(end, -1), months), 1) };
};

const changeOf = (current: Decimal, previous: Decimal | null, currency: string) => ({
  previous: previous === null ? null : money(previous, currency),
  change: previous === null ? null : money(subtract(current, previous), currency),
  changePercent: previous === null ? null : percentText(subtract(current, previous), previous),
});

const amountIn = (totals: readonly Money[], currency: string): Decimal => {
  const found = totals.find((each) => each.currency === currency);
  return found === undefined ? zero : amountOf(found);
};

const rowsOf = (answer: CostAnswer, connection: Connection): Money[] =>
  answer.rows.filter((row) => row.group.connection === connection.id).map((row) => row.cost);

/** Only complete figures can be compared. */
const isComplete = (answer: CostAnswer, connection: Connection): boolean => {
  const status = answer.providers.find((each) => each.connection === connection.id)?.status;
  return status === 'fresh' || status === 'stale';
};

interface Figures {
  readonly now: readonly Money[];
  readonly before: readonly Money[];
  readonly currentComplete: boolean;
  readonly previousComplete: boolean;
}

/** One entry per currency. A currency without costs counts as zero only if its range is complete. */
const compared = ({ now, before, currentComplete, previousComplete }: Figures) => {
  const currencies = [
    ...new Set([...now, ...(currentComplete && previousComplete ? before : [])].map((each) => each.currency)),
  ].sort();
  return currencies.map((currency) => {
    const current = amountIn(now, currency);
    return {
      current: money(current, currency),
      ...changeOf(current, previousComplete ? amountIn(before, currency) : null, currency),
    };
  });
};

export const summarise = async (
  engine: CostEngine,
  connections: readonly Connection[],
  query: CostQuery,
  comparison: Comparison,
  options: AskOptions,
  today: Day,
) => {
  const before = { ...query, ...rangeBefore(query, comparison, today) };
  await engine.prepare(connections, [query, before], options);
  const [current, previous] = await Promise.all([
    engine.ask(connections, query, options),
    engine.ask(connections, before, options).catch((thrown: unknown) => {
      if (options.strict) throw thrown;
      return failedAnswer(connections, thrown);
    }),
  ]);
  const data: SummaryRow[] = connections.flatMap((connection) => {
    const { provider, id } = connection;
    const figures = {
      now: rowsOf(current, connection),
      before: rowsOf(previous, connection),
      currentComplete: isComplete(current, connection),
      previousComplete: isComplete(previous, connection),
    };
    return compared(figures).map((row) => ({ provider, connection: id, ...row }));
  });
  const totals = compared({
    now: current.totals,
    before: previous.totals,
    currentComplete: connections.every((connection) => isComplete(current, connection)),
    previousComplete: connections.every((connection) => isComplete(previous, connection)),
  });
  const providers = current.providers.map((status) => worseStatus(status, statusIn(previous, status)));
  const conversions = [...(current.conversions ?? []), ...(previous.conversions ?? [])];
  const unique = [...new Map(conversions.map((each) => [JSON.stringify(each), each])).values()];
  return {
    data,
    totals,
    periods: {
      current: { start: query.start, end: knownEnd(query, today) },
      previous: { start: before.start, end: before.end },
    },
    meta: {
      complete: current.complete && previous.complete,
      providers,
      ...(query.currency === null ? {} : { conversions: unique }),
    },
  };
};

const statusIn = (answer: CostAnswer, like: ProviderStatus): ProviderStatus =>
  answer.providers.find((each) => each.connection === like.connection) ?? like;

const failedAnswer = (connections: readonly Connection[], thrown: unknown): CostAnswer => ({
  rows: [],
  totals: [],
  complete: false,
  providers: connections.map((connection) => failedStatus(connection, asFailure(thrown))),
  conversions: null,
});
