import { z } from 'zod';
import { readDay } from '../../../src/domain/day.ts';
import { type Decimal, decimalText, isPositive, parseDecimal } from '../../../src/domain/decimal.ts';
import { type Checked, faultOf, fine, type Variant, wrong } from './replies.ts';
import { dimensions } from './world.ts';

export type StreamKind = 'metric' | 'allocation';
export type StreamChange = 'sum' | 'replace' | 'delete';

export interface TelemetryRecord {
  readonly atMs: number;
  /** Null in a deletion that leaves it open, and so are the others. */
  readonly granularity: string | null;
  readonly element: string | null;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Null in a deletion. */
  readonly value: Decimal | null;
  /** The fields by which an answer shows it, in the terms of the dialect. */
  readonly shown: Readonly<Record<string, unknown>>;
}

const filtersMax = 5;
const valuesMax = 20;
const digitsMax = 15;

/** A date or a timestamp in ISO 8601; without an offset it is UTC. */
const isoPattern = /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
const fullPattern = /T.*(Z|[+-]\d\d:\d\d)$/;

const instantOf = (text: string, variant: Variant): number | null => {
  if (!isoPattern.test(text) || readDay(text.slice(0, 10)) === null) return null;
  if (variant === 'published' && !fullPattern.test(text)) return null;
  const instant = Date.parse(!text.includes('T') || fullPattern.test(text) ? text : `${text}Z`);
  return Number.isNaN(instant) ? null : instant;
};

/** The value of a JSON number with all its digits; null for everything else. */
const numberOf = (value: unknown): Decimal | null => {
  if (typeof value !== 'number' && (typeof value !== 'object' || value === null)) return null;
  return parseDecimal(JSON.stringify(value) ?? '');
};

const digitsOf = (value: Decimal): number =>
  decimalText(value).replace(/\./, '').replace(/^0+/, '').replace(/0+$/, '').length;

/** By their display names, with `custom:` and `tag:` before those that have no name of the vendor's own. */
const knownKeys = new Set(dimensions.filter(({ id }) => !id.includes(':')).map(({ name }) => name));
/** An id in place of a display name is accepted and allocates nothing. */
const ids = new Set(dimensions.map(({ id }) => id));
const isKnownKey = (key: string): boolean => knownKeys.has(key) || ids.has(key) || /^(custom|tag):./.test(key);

const oneText = z.record(z.string(), z.string()).default({});
const recordSchemas = {
  live: {
    metric: z.object({
      timestamp: z.string(),
      granularity: z.enum(['DAILY', 'MONTHLY']).default('DAILY'),
      value: z.unknown().optional(),
      associated_cost: oneText,
    }),
    allocation: z.object({
      timestamp: z.string(),
      granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']),
      value: z.unknown().optional(),
      element_name: z.string().min(1).optional(),
      // Required in the reference, and absent from the examples of the guide.
      filter: z.record(z.string(), z.array(z.string())).default({}),
    }),
  },
  published: {
    metric: z.object({
      timestamp: z.string(),
      granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']).optional(),
      value: z.unknown().optional(),
      filter: oneText,
    }),
    allocation: z.object({
      timestamp: z.string(),
      granularity: z.enum(['HOURLY', 'DAILY', 'MONTHLY']),
      value: z.unknown().optional(),
      element: oneText,
    }),
  },
} as const;

interface Fields {
  readonly timestamp: string;
  readonly granularity?: string | undefined;
  readonly value?: unknown;
  readonly associated_cost?: Readonly<Record<string, string>>;
  readonly filter?: Readonly<Record<string, string | readonly string[]>>;
  readonly element_name?: string | undefined;
  readonly element?: Readonly<Record<string, string>>;
}

const filtersOf = ({ associated_cost, filter }: Fields): TelemetryRecord['filters'] =>
  Object.fromEntries(
    Object.entries(associated_cost ?? filter ?? {})
      .map(([key, value]) => [key, [value].flat().toSorted()] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );

const elementOf = ({ element_name, element }: Fields): string | null => {
  if (element === undefined) return element_name ?? null;
  return Object.keys(element).length === 0 ? null : JSON.stringify(Object.entries(element).toSorted());
};

/** What the vendor requires of a record beyond its schema; null where it has nothing against it. */
const faultIn = (fields: Fields, change: StreamChange, kind: StreamKind, variant: Variant): string | null => {
  const filters = Object.entries(filtersOf(fields));
  if (filters.length > filtersMax) return `has more than ${filtersMax} filters`;
  const long = filters.find(([, values]) => values.length > valuesMax);
  if (long !== undefined) return `has more than ${valuesMax} values of ${long[0]}`;
  const unknown = variant === 'live' ? filters.find(([key]) => !isKnownKey(key)) : undefined;
  if (unknown !== undefined) return `has the unknown filter key ${unknown[0]}`;
  if (change === 'delete') return fields.value === undefined ? null : 'has a value, which a deletion does not take';
  const value = numberOf(fields.value);
  if (value === null || !isPositive(value)) return 'has a value that is no number above 0';
  if (digitsOf(value) > digitsMax) return `has a value of more than ${digitsMax} significant digits`;
  if (fields.granularity === undefined) return 'has no granularity';
  return kind === 'allocation' && variant === 'live' && fields.element_name === undefined
    ? 'has no element_name'
    : null;
};

/** One record of a body, checked as the vendor documents it. */
export const readRecord = (
  raw: unknown,
  change: StreamChange,
  kind: StreamKind,
  variant: Variant,
): Checked<TelemetryRecord> => {
  const parsed = recordSchemas[variant][kind].safeParse(raw);
  if (!parsed.success) return faultOf(parsed.error);
  const fields: Fields = parsed.data;
  const atMs = instantOf(fields.timestamp, variant);
  if (atMs === null) return wrong('has a timestamp that is not in ISO 8601');
  const fault = faultIn(fields, change, kind, variant);
  if (fault !== null) return wrong(fault);
  const { value, ...shown } = fields;
  return fine({
    atMs,
    granularity: fields.granularity ?? null,
    element: elementOf(fields),
    filters: filtersOf(fields),
    value: change === 'delete' ? null : numberOf(value),
    shown,
  });
};
