import { z } from 'zod';
import { addDays, type Day, dayOfInstant, readDay } from '../../domain/day.ts';
import { decimalText, parseDecimal } from '../../domain/decimal.ts';
import { type ParameterForm, rememberShape } from './parameter-shapes.ts';

/**
 * Query parameters. All values of a name arrive in one list of texts. `one`, `many` and `commaList` define how that
 * list is read; the schema passed to them reads one text. The metadata of that schema is its JSON Schema in the OpenAPI
 * document.
 */
type TextSchema = z.ZodType<unknown, string>;

const occurrences = () => z.array(z.string(), { error: 'is required' });

const shaped = <Schema extends z.ZodType>(
  schema: Schema,
  form: ParameterForm,
  value: z.ZodType,
  max?: number,
): Schema => {
  rememberShape(schema, { form, value, ...(max === undefined ? {} : { max }) });
  return schema;
};

/** May be given once. */
export const one = <Value extends TextSchema>(value: Value) =>
  shaped(
    occurrences()
      .length(1, { error: 'may be given only once' })
      .transform((texts) => texts[0] ?? '')
      .pipe(value),
    'one',
    value,
  );

/** May be given several times; a comma is part of the value. */
export const many = <Value extends TextSchema>(value: Value) =>
  shaped(occurrences().pipe(z.array(value)), 'many', value);

/** May be given several times, as a comma list, or both. Duplicates are removed, the order is kept. */
export const commaList = <Value extends TextSchema>(value: Value, max: number) =>
  shaped(
    occurrences()
      .transform((texts) => [...new Set(texts.flatMap((text) => text.split(',')))])
      .pipe(z.array(z.string()).max(max, { error: `may have at most ${max} values` }))
      .pipe(z.array(value)),
    'comma-list',
    value,
    max,
  );

/** A schema from a function that returns a value or the message of a fault. */
const reading = <Value>(read: (text: string) => { readonly value: Value } | { readonly fault: string }) =>
  z.string().transform((text, context): Value => {
    const result = read(text);
    if ('value' in result) return result.value;
    context.addIssue(result.fault);
    return z.NEVER;
  });

const wholePattern = /^(0|[1-9]\d{0,15})$/;

export const wholeNumber = ({ min, max }: { readonly min: number; readonly max: number }) =>
  reading((text) => {
    const value = wholePattern.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) && value >= min && value <= max
      ? { value }
      : { fault: `must be a whole number from ${min} to ${max}, in digits only` };
  }).meta({ type: 'integer', minimum: min, maximum: max });

export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

export const flag = reading((text) =>
  text === 'true' || text === 'false' ? { value: text === 'true' } : { fault: 'must be true or false' },
).meta({ type: 'boolean' });

/** A plus that is not percent-encoded arrives as a blank, so a blank before an offset is read as a plus. */
const instantPattern = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:([Zz])|([+ -]\d{2}:\d{2}))$/;
const dayFault = 'must be a day that exists, YYYY-MM-DD, or an RFC 3339 instant such as 2026-11-01T00:00:00+02:00';

const readInstant = (text: string): Temporal.Instant | null => {
  const match = instantPattern.exec(text);
  const [, date = '', time = '', , offset = 'Z'] = match ?? [];
  if (match === null || readDay(date) === null) return null;
  try {
    return Temporal.Instant.from(`${date}T${time}${offset.replace(' ', '+')}`);
  } catch {
    return null;
  }
};

const readDayText = (text: string, side: 'start' | 'end'): { value: Day } | { fault: string } => {
  const plain = readDay(text);
  if (plain !== null) return { value: plain };
  const instant = readInstant(text);
  if (instant === null) return { fault: dayFault };
  const floor = readDay(dayOfInstant(instant.epochMilliseconds));
  if (floor === null) return { fault: dayFault };
  const whole = instant.epochNanoseconds % 86_400_000_000_000n === 0n;
  const value = readDay(side === 'start' || whole ? floor : addDays(floor, 1));
  return value === null ? { fault: dayFault } : { value };
};

const dayMeta = { type: 'string', format: 'date', examples: ['2026-11-01'] };

/** An instant becomes its day in UTC. */
export const startDay = reading((text) => readDayText(text, 'start')).meta(dayMeta);
/** A day that is not the bound of a range. */
export const day = reading((text) => readDayText(text, 'start')).meta(dayMeta);
/** For exclusive ends: an instant that is not midnight in UTC becomes the next day. */
export const endDay = reading((text) => readDayText(text, 'end')).meta(dayMeta);

const control = /\p{Cc}/u;

/** Text without control characters and lone surrogates, unchanged. `max` counts characters, not bytes. */
export const freeText = ({ max, min = 1 }: { readonly max: number; readonly min?: number }) =>
  reading((text) => {
    const length = text.length > max * 2 ? text.length : [...text].length;
    if (length < min) return { fault: min === 1 ? 'must not be empty' : `must have at least ${min} characters` };
    if (length > max) return { fault: `must have at most ${max} characters` };
    if (control.test(text)) return { fault: 'must not contain control characters' };
    return text.isWellFormed() ? { value: text } : { fault: 'must be well-formed Unicode' };
  }).meta({ type: 'string', minLength: min, maxLength: max });

const plainDecimal = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** A decimal without exponent; the value is its canonical form. */
export const decimalParameter = reading((text) => {
  const value = text.length <= 200 && plainDecimal.test(text) ? parseDecimal(text) : null;
  return value === null
    ? { fault: 'must be a decimal such as 1234.56: no exponent, no separator, no blank' }
    : { value: decimalText(value) };
}).meta({ type: 'string', pattern: plainDecimal.source, examples: ['1234.56'] });
