import { z } from 'zod';
import { isDecimal } from '../../src/domain/decimal-notation.ts';
import { amountText, idText } from '../../src/vendor/kit/index.ts';
import { utcDay } from './timestamps.ts';

/** An amount that can be kept to the last digit: `1e400` and the like are refused, not rounded. */
export const exactAmount = amountText.refine(isDecimal, 'is no finite decimal');

export const textOrNull = z.string().nullish().catch(null);

const daysHeld = 2_000;
const daysByText = new Map<string, string | null>();

/** As `utcDay`: the rows of a result share few timestamps, and reading one takes longer than the rest of a row. */
const heldDay = (text: string): string | null => {
  const held = daysByText.get(text);
  if (held !== undefined) return held;
  if (daysByText.size >= daysHeld) daysByText.clear();
  const day = utcDay(text);
  daysByText.set(text, day);
  return day;
};

const timestampDay = z.string().transform((text, context) => {
  const day = heldDay(text);
  if (day !== null) return day;
  context.addIssue({ code: 'custom', message: 'is no RFC 3339 timestamp' });
  return z.NEVER;
});

/** A vendor dimension that was grouped by. */
export interface Column {
  readonly id: string;
  /** Its display name; the row's key where a row does not have the id. */
  readonly name: string;
  /** A row that lacks it has none; absent: such a row cannot be read. */
  readonly mayBeAbsent?: true;
}

/** One figure: a day, the group values as the vendor wrote them, and the amount. */
export interface WireCost {
  readonly day: string;
  readonly raw: readonly (string | null)[];
  readonly amount: string;
}

const groupValue = z.union([z.string(), z.number()]).nullable();

const readGroup = (
  row: Readonly<Record<string, unknown>>,
  columns: readonly Column[],
  refuse: (key: string, message: string) => void,
): (string | null)[] =>
  columns.map((column) => {
    const key = Object.hasOwn(row, column.id) ? column.id : column.name;
    if (!Object.hasOwn(row, key)) {
      if (column.mayBeAbsent === true) return null;
      refuse(column.id, 'is missing');
      return null;
    }
    const value = groupValue.safeParse(row[key]);
    if (!value.success) {
      refuse(key, 'is neither text nor null');
      return null;
    }
    return value.data === null ? null : String(value.data);
  });

/** Live: the grouped dimensions are keys of the row itself. */
export const liveCostSchema = (columns: readonly Column[]) =>
  z.looseObject({ usage_date: timestampDay, cost: exactAmount }).transform((row, context): WireCost => {
    const raw = readGroup(row, columns, (key, message) =>
      context.addIssue({ code: 'custom', message, path: [key], input: row }),
    );
    return { day: row.usage_date, raw, amount: row.cost };
  });

/** Published: one group with its points. */
export const publishedGroupSchema = (columns: readonly Column[]) =>
  z.object({ group: z.looseObject({}), cost: z.array(z.unknown()) }).transform((item, context) => {
    const raw = readGroup(item.group, columns, (key, message) =>
      context.addIssue({ code: 'custom', message, path: ['group', key], input: item }),
    );
    return { raw, points: item.cost };
  });
export const publishedPointSchema = z.object({ timestamp: timestampDay, value: exactAmount });

const countSchema = z.number().nullish().catch(null);

const livePaginationSchema = z
  .object({
    total_count: countSchema,
    cursor: z.object({ next_cursor: idText.nullish(), has_next: z.boolean().nullish() }).nullish(),
  })
  .nullish();
export type LivePagination = z.output<typeof livePaginationSchema>;

const publishedPaginationSchema = z.object({ next: z.string().nullish(), total: countSchema }).nullish();
export type PublishedPagination = z.output<typeof publishedPaginationSchema>;

/** The rows of an answer that keeps its list under `key`. */
export const rowsSchema = (key: string) =>
  z.object({ [key]: z.array(z.unknown()) }).transform((answer) => answer[key] ?? []);
export const livePageSchema = z.object({ pagination: livePaginationSchema });
export const publishedPageSchema = z.object({ pagination: publishedPaginationSchema });

export const liveCostsSchema = z.object({ costs: z.array(z.unknown()), pagination: livePaginationSchema });
export const publishedCostsSchema = z.object({ data: z.array(z.unknown()), pagination: publishedPaginationSchema });

export const liveDimensionsSchema = z.object({ dimensions: z.array(z.unknown()) });
export const publishedDimensionsSchema = z.object({ data: z.array(z.unknown()) });
export const dimensionSchema = z
  .object({ id: z.string().min(1), name: z.string().nullish() })
  .transform((each): Column => ({ id: each.id, name: each.name || each.id }));

/** 400, 410 and 429 wrap their sentence, 403 and 413 do not, and 422 lists what is wrong where. */
export const errorSchema = z.union([
  z
    .object({ detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string() })).min(1) })
    .transform(({ detail }) => detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ')),
  z.object({ error: z.object({ message: z.string() }) }).transform((body) => body.error.message),
  z.object({ message: z.string() }).transform((body) => body.message),
]);
