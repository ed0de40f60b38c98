import { z } from 'zod';
import type { Day } from '../../../src/domain/day.ts';
import { type Decimal, decimalText, percentText } from '../../../src/domain/decimal.ts';
import { exactNumber } from '../../../src/vendor/kit/index.ts';
import type { SandboxReply, SandboxRequest } from '../../../src/vendor/sandbox/server.ts';
import { costAccounts, type Leaf } from './estate.ts';
import { daySchema, type Range, rangeSchema } from './range.ts';
import { decimalOf } from './world.ts';

/** Marks a text that is sent as a JSON number with all its digits. */
const marked = (text: string): string => `\u0001${text}\u0001`;
export const exactly = (amount: Decimal): string => marked(decimalText(amount));
export const figure = (units: bigint): string => exactly(decimalOf(units));

const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(/"\\u0001(-?\d+(?:\.\d+)?)\\u0001"/g, (_whole, number: string) => number);

export const success = (data: unknown): SandboxReply => ({
  text: jsonText({ message: 'success', data, code: 0 }),
  contentType: 'application/json;charset=UTF-8',
});

const refusal = (code: number, message: string, error: string): SandboxReply => ({
  status: code,
  json: { message, error, code },
});
export const badRequest = (): SandboxReply =>
  refusal(400, 'Bad Request', 'Invalid parameter format or missing required fields');
export const badJsonString = (): SandboxReply => ({
  status: 400,
  json: { message: 'Invalid JSONString parameter format', code: 1 },
});
export const serverError = (): SandboxReply =>
  refusal(500, 'Internal Server Error', 'An unexpected error occurred while processing the request');
export const unauthorized = (): SandboxReply =>
  refusal(401, 'Unauthorized', 'Invalid authentication credentials or expired token');
export const scopeMismatch = (): SandboxReply => refusal(403, 'OAUTH_SCOPE_MISMATCH', 'The access token lacks a scope');
export const notFound = (): SandboxReply => refusal(404, 'Not Found', 'The requested resource was not found');

/** A day in series: midnight in the vendor's time zone. */
export const stamp = (day: Day): string => `${day}T00:00:00+0530`;
/** A day in anomalies and budgets: midnight in UTC, as epoch milliseconds. */
export const epochOf = (day: Day): string => String(Date.parse(`${day}T00:00:00Z`));
export const utcStamp = (day: Day): string => `${day}T05:30:00+0530`;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
export const monthName = (day: Day): string => monthNames[Number(day.slice(5, 7)) - 1] ?? '';
/** `Dec 22, 2025` */
export const longDay = (day: Day): string => `${monthName(day)} ${day.slice(8)}, ${day.slice(0, 4)}`;

export const points = (series: ReadonlyMap<Day, bigint>): [string, string][] =>
  [...series].map(([day, units]) => [stamp(day), figure(units)]);
export const largestFirst = (totals: ReadonlyMap<string, bigint>): [string, bigint][] =>
  [...totals].sort(([, left], [, right]) => (left < right ? 1 : -1));

/** A share as a whole percentage. */
export const percentOf = (part: bigint, whole: bigint): number =>
  Number(percentText(decimalOf(part), decimalOf(whole), 0) ?? '0');

/** Keeps the text of a number that a double would round. */
const numberAsWritten = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? exactNumber(context.source)
    : value;
/** A number of any precision, as text. */
export const numberText = z.unknown().transform((value, context) => {
  const text = JSON.stringify(value) ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return text;
  context.addIssue('is not a number');
  return z.NEVER;
});

/** Undefined where the text is no JSON. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text, numberAsWritten);
  } catch {
    return undefined;
  }
};

/** The range from the parameter that contains a JSON object. */
export const rangeOfJsonString = (request: SandboxRequest): Range | SandboxReply => {
  const value = jsonOf(request.query.get('JSONString') ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return badJsonString();
  const parsed = rangeSchema.safeParse(value);
  return parsed.success ? parsed.data : badRequest();
};
export const rangeOfQuery = (request: SandboxRequest): Range | SandboxReply => {
  const parsed = rangeSchema.safeParse(Object.fromEntries(request.query));
  return parsed.success ? parsed.data : badRequest();
};
export const isReply = (value: object): value is SandboxReply => 'status' in value;

const analyticsSchema = z
  .object({
    start_date: daySchema,
    end_date: daySchema,
    period: z.literal(1),
    cost_tags: z.array(z.unknown()),
    cost_type: z.union([z.literal(0), z.literal(20)]),
    accounts: z
      .array(z.object({ cost_account_id: z.string(), billing_account_ids: z.array(z.string()).min(1) }))
      .min(1),
    group_by_type: z.string().optional(),
  })
  .refine((body) => body.start_date <= body.end_date)
  .refine((body) =>
    body.accounts.every(({ cost_account_id, billing_account_ids }) => {
      const account = costAccounts.find((each) => each.id === cost_account_id);
      if (account === undefined || (account.cloud === 0 ? 0 : 20) !== body.cost_type) return false;
      return billing_account_ids.every((id) => account.children.some((child) => child.id === id));
    }),
  );
export interface Analytics {
  readonly first: Day;
  readonly last: Day;
  readonly groupBy: string | undefined;
  readonly holds: (leaf: Leaf) => boolean;
}

/** The common body of analytics requests. Rejects unknown ids, and cost types that the cloud does not have. */
export const readAnalytics = (
  request: SandboxRequest,
  world: { asked(range: Range): Range },
): Analytics | SandboxReply => {
  const parsed = analyticsSchema.safeParse(jsonOf(request.body));
  if (!parsed.success) return badRequest();
  const body = parsed.data;
  const asked = new Set(body.accounts.flatMap((account) => account.billing_account_ids));
  return {
    first: body.start_date,
    last: world.asked(body).end_date,
    groupBy: body.group_by_type,
    holds: (leaf) => asked.has(leaf.billingAccount) && body.cost_tags.length === 0,
  };
};
export const readBody = <Schema extends z.ZodType>(
  request: SandboxRequest,
  schema: Schema,
): z.output<Schema> | undefined => {
  const parsed = schema.safeParse(jsonOf(request.body));
  return parsed.success ? parsed.data : undefined;
};
