import { z } from 'zod';
import { addDays, type Day, daysBetween, earlier, monthOf, monthStart } from '../../src/domain/day.ts';
import type { Dimension } from '../../src/domain/dimension.ts';
import type { Turns } from '../../src/domain/turns.ts';
import { decode, decodeInTurns, Failure, type ReadingFault, type SourceCost } from '../../src/vendor/kit/index.ts';
import { cloudOfText } from './clouds.ts';
import { printable } from './failures.ts';
import { type Decoded, decodeEntry } from './partial.ts';
import {
  availableRangeSchema,
  displayCurrencySchema,
  leadingDay,
  sankeyRowSchema,
  sankeySchema,
  trendPointSchema,
  trendSchema,
} from './wire.ts';

export const displayCurrencyOf = (json: unknown): string =>
  decode(displayCurrencySchema, json, 'display_currency').data.display_currency;

/** From when on, and up to which day wholly, the vendor has figures. */
export const availabilityOf = (
  json: unknown,
  today: Day,
): { readonly since: Day | null; readonly completeThrough: Day | null } => {
  const { min_date: since, max_date: until } = decode(availableRangeSchema, json, 'cloud_available_range').data;
  return {
    since: since ?? null,
    completeThrough: typeof until === 'string' ? earlier(addDays(until, -1), today) : null,
  };
};

type Group = Readonly<Partial<Record<string, string | null>>>;
const valuesOf = (dimensions: readonly Dimension[], group: Group): (string | null)[] =>
  dimensions.map((dimension) => group[dimension] ?? null);

export interface SankeyContext {
  readonly dimensions: readonly Dimension[];
  /** The day that the whole answer is booked under. */
  readonly day: Day;
  readonly currency: string;
}

type SankeyRow = z.output<typeof sankeyRowSchema>;

/**
 * A row is the sum of its names, so equal names with equal amounts are one row; with another amount the second is a
 * fault. Rows of different clouds may share service, region and category; they are separate costs all the same.
 */
const distinctRows = async (rows: readonly SankeyRow[], where: string, turns: Turns): Promise<Decoded<SankeyRow>> => {
  const known = new Map<string, string>();
  const items: SankeyRow[] = [];
  const faults: ReadingFault[] = [];
  for (const row of rows) {
    const [cloud, category, region, service, amount] = row;
    const names = [cloud, category, region, service];
    const key = JSON.stringify(names);
    const before = known.get(key);
    if (before === undefined) {
      known.set(key, amount);
      items.push(row);
    } else if (before !== amount) {
      const named = names.map((name) => printable(name ?? 'none')).join(', ');
      faults.push({ path: where, message: `has two different amounts for ${named}; the first was taken` });
    }
    if (turns.due()) await turns.next();
  }
  return { items, faults };
};

export const sankeyCosts = async (
  json: unknown,
  { dimensions, day, currency }: SankeyContext,
  turns: Turns,
): Promise<Decoded<SourceCost>> => {
  const { data } = decode(sankeySchema, json, 'sankey_chart_data');
  const where = `sankey_chart_data ${day} data`;
  const rows = await decodeInTurns(sankeyRowSchema, data, where, turns);
  const distinct = await distinctRows(rows.items, where, turns);
  return {
    faults: [...rows.faults, ...distinct.faults],
    items: distinct.items.map(([cloud, category, region, service, amount]) => ({
      day,
      values: valuesOf(dimensions, { cloud: cloudOfText(cloud), category, region, service }),
      amount,
      currency,
    })),
  };
};

export interface TrendContext {
  readonly dimensions: readonly Dimension[];
  readonly account: string;
  /** The cloud of the account. */
  readonly cloud: string | null;
  readonly currency: string;
  readonly start: Day;
  readonly end: Day;
}

interface Point {
  readonly stamp: string;
  readonly day: Day;
  readonly amount: string;
}

/** Two points with the same timestamp are one point if they are equal; otherwise the second is a fault. */
const distinctPoints = (points: readonly Point[], where: string): Decoded<Point> => {
  const known = new Map<string, Point>();
  const faults: ReadingFault[] = [];
  for (const point of points) {
    const before = known.get(point.stamp);
    if (before === undefined) known.set(point.stamp, point);
    else if (before.amount !== point.amount) {
      faults.push({
        path: where,
        message: `has two different amounts for ${point.day}; the first was taken`,
        day: point.day,
      });
    }
  }
  return { items: [...known.values()], faults };
};

const datedSchema = z.tuple([leadingDay], z.unknown());

/** Decodes points one by one. Where the timestamp of a bad point can be read, its fault concerns that day only. */
const decodePoints = async (points: readonly unknown[], where: string, turns: Turns): Promise<Decoded<Point>> => {
  const items: Point[] = [];
  const faults: ReadingFault[] = [];
  for (const [index, point] of points.entries()) {
    if (turns.due()) await turns.next();
    const decoded = decodeEntry(trendPointSchema, point, `${where}[${index}]`);
    for (const item of decoded.items) items.push(item);
    const stamped = datedSchema.safeParse(point);
    for (const fault of decoded.faults) {
      faults.push(stamped.success ? { ...fault, day: stamped.data[0] } : fault);
    }
  }
  return { items, faults };
};

/**
 * The vendor chooses between daily and monthly points by itself and says so, if at all, in `mode`.
 * A month's total must not pass for the cost of its first day.
 */
const isMonthly = (points: readonly Point[], mode: string, { start, end }: TrendContext): boolean => {
  const first = monthStart(monthOf(start));
  if (points.some((point) => point.day === first && first < start)) return true;
  if (points.length === 0 || daysBetween(start, end) === 1 || mode === '0') return false;
  return points.every((point) => point.day.endsWith('-01'));
};

export const trendCosts = async (json: unknown, context: TrendContext, turns: Turns): Promise<Decoded<SourceCost>> => {
  const { dimensions, account, cloud, currency, start, end } = context;
  const { values, mode } = decode(trendSchema, json, 'trend_box').data.trend_values;
  const faults: ReadingFault[] = [];
  const series: { readonly name: string; readonly where: string; readonly points: readonly Point[] }[] = [];
  for (const [name, points] of values) {
    const where = `trend_box ${account} values.${printable(name)}`;
    if (!Array.isArray(points)) {
      faults.push({ path: where, message: 'is no list of points' });
      series.push({ name, where, points: [] });
      continue;
    }
    const decoded = await decodePoints(points, where, turns);
    const distinct = distinctPoints(decoded.items, where);
    for (const fault of [...decoded.faults, ...distinct.faults]) faults.push(fault);
    series.push({ name, where, points: distinct.items });
  }
  const all = series.flatMap((one) => one.points);
  if (isMonthly(all, String(mode ?? ''), context)) {
    throw new Failure('vendor-malformed', {
      public: `CloudSpend answered trend_box for ${start} to ${addDays(end, -1)} with monthly figures where daily ones were asked for.`,
    });
  }
  const items = series.flatMap(({ name, where, points }) => {
    const inside = points.filter((point) => point.day >= start && point.day < end);
    const outside = points.length - inside.length;
    if (outside > 0) faults.push({ path: where, message: `${outside} points lie outside the days asked for` });
    const service = name.trim() === '' ? null : name;
    return inside.map(({ day, amount }) => ({
      day,
      values: valuesOf(dimensions, { account, cloud, service }),
      amount,
      currency,
    }));
  });
  // A fault of a day outside the question concerns the whole reading.
  const placed = faults.map(({ day, ...fault }) =>
    day !== undefined && day >= start && day < end ? { ...fault, day } : fault,
  );
  return { items, faults: placed };
};
