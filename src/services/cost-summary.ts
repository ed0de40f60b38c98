import type { AskOptions, CostAnswer, CostEngine } from '../costs/engine.ts';
import { type CostQuery, knownEnd } from '../costs/query/query.ts';
import { type Day, earlier } from '../domain/day.ts';
import { type Decimal, percentText, subtract, zero } from '../domain/decimal.ts';
import { asFailure } from '../domain/failure/failure.ts';
import type { ProviderStatus } from '../domain/meta.ts';
import { amountOf, type Money, money } from '../domain/money.ts';
import type { Connection } from '../vendor/connection.ts';
import { failedStatus, worseStatus } from '../vendor/gather.ts';
import { type Comparison, comparisonNote, rangeBefore, reportedEnd } from './compared-ranges.ts';

export interface SummaryRow {
  readonly provider: string;
  readonly connection: string;
  readonly current: Money;
  readonly previous: Money | null;
  readonly change: Money | null;
  readonly changePercent: string | null;
}

const amountIn = (totals: readonly Money[], currency: string): Decimal | null => {
  const found = totals.find((each) => each.currency === currency);
  return found === undefined ? null : amountOf(found);
};

const rowsOf = (answer: CostAnswer, connection: Connection): Money[] =>
  answer.rows.filter((row) => row.group.connection === connection.id).map((row) => row.cost);

/** Whether all of its costs are there, in the currency that was asked for. */
const isComplete = (answer: CostAnswer, connection: Connection, currency: string | null): boolean => {
  const status = answer.providers.find((each) => each.connection === connection.id)?.status;
  const isConverted = currency === null || rowsOf(answer, connection).every((cost) => cost.currency === currency);
  return (status === 'fresh' || status === 'stale') && isConverted;
};

interface Figures {
  readonly now: readonly Money[];
  readonly before: readonly Money[];
  readonly currentComplete: boolean;
  readonly previousComplete: boolean;
}

/** One entry per currency. A currency without costs counts as zero, and figures are compared, only where both ranges are complete. */
const compared = ({ now, before, currentComplete, previousComplete }: Figures) => {
  const comparable = currentComplete && previousComplete;
  const currencies = [...new Set([...now, ...(comparable ? before : [])].map((each) => each.currency))].sort();
  return currencies.map((currency) => {
    const current = amountIn(now, currency) ?? zero;
    const previous = previousComplete ? (amountIn(before, currency) ?? (comparable ? zero : null)) : null;
    const change = comparable && previous !== null ? subtract(current, previous) : null;
    return {
      current: money(current, currency),
      previous: previous === null ? null : money(previous, currency),
      change: change === null ? null : money(change, currency),
      changePercent: change === null || previous === null ? null : percentText(change, previous),
    };
  });
};

/** The range in which all figures are reported, and its costs. Null range: no day of it is. */
const readReported = async (
  engine: CostEngine,
  connections: readonly Connection[],
  query: CostQuery,
  comparison: Comparison,
  options: AskOptions,
  today: Day,
): Promise<{ readonly range: CostQuery | null; readonly answer: CostAnswer }> => {
  const ask = (asked: CostQuery) => engine.ask(connections, asked, options);
  const past = { ...query, end: earlier(knownEnd(query, today), today) };
  if (past.end <= past.start) return { range: null, answer: await ask(query) };
  await engine.prepare(connections, [past, { ...query, ...rangeBefore(past, comparison, today) }], options);
  const answer = await ask(past);
  const range = { ...past, end: earlier(past.end, reportedEnd(answer.providers, today)) };
  if (range.end === past.end) return { range, answer };
  return range.end > range.start ? { range, answer: await ask(range) } : { range: null, answer: await ask(query) };
};

export const summarise = async (
  engine: CostEngine,
  connections: readonly Connection[],
  query: CostQuery,
  comparison: Comparison,
  options: AskOptions,
  today: Day,
) => {
  const { range, answer: current } = await readReported(engine, connections, query, comparison, options, today);
  const before = { ...query, ...rangeBefore(range ?? query, comparison, today) };
  const previous =
    range === null
      ? null
      : await engine.ask(connections, before, options).catch((thrown: unknown) => {
          if (options.strict) throw thrown;
          return failedAnswer(connections, thrown);
        });
  const figuresOf = (
    figures: (answer: CostAnswer) => readonly Money[],
    complete: (answer: CostAnswer) => boolean,
  ): Figures => ({
    now: figures(current),
    before: previous === null ? [] : figures(previous),
    currentComplete: complete(current),
    previousComplete: previous !== null && complete(previous),
  });
  const data: SummaryRow[] = connections.flatMap((connection) => {
    const { provider, id } = connection;
    const figures = figuresOf(
      (answer) => rowsOf(answer, connection),
      (answer) => isComplete(answer, connection, query.currency),
    );
    return compared(figures).map((row) => ({ provider, connection: id, ...row }));
  });
  const totals = compared(
    figuresOf(
      (answer) => answer.totals,
      (answer) => connections.every((connection) => isComplete(answer, connection, query.currency)),
    ),
  );
  const asked = { start: query.start, end: knownEnd(query, today) };
  const notesOf = comparisonNote(range, asked);
  const conversions = [...(current.conversions ?? []), ...(previous?.conversions ?? [])];
  const unique = [...new Map(conversions.map((each) => [JSON.stringify(each), each])).values()];
  return {
    data,
    totals,
    periods: {
      asked,
      current: { start: query.start, end: range?.end ?? asked.end },
      previous: { start: before.start, end: before.end },
    },
    meta: {
      complete: current.complete && (previous?.complete ?? true),
      providers: current.providers
        .map((status) => ({ ...status, notes: [...status.notes, ...notesOf(status)] }))
        .map((status) => (previous === null ? status : worseStatus(status, statusIn(previous, status)))),
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
