import { byUnit, readDuration } from '../domain/units.ts';

/** The result of parsing a setting. Messages name the valid values and never repeat the text. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly messages: readonly string[] };
export type Parser<Value> = (text: string) => Parsed<Value>;

export const legal = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
export const illegal = (...messages: readonly string[]): Parsed<never> => ({ ok: false, messages });

const wholeNumberPattern = /^(0|[1-9]\d{0,14})$/;

export const wholeNumberParser =
  (range: { readonly min: number; readonly max: number }): Parser<number> =>
  (text) => {
    const value = wholeNumberPattern.test(text) ? Number(text) : Number.NaN;
    if (value >= range.min && value <= range.max) return legal(value);
    return illegal(`must be a whole number from ${range.min} to ${range.max}, in digits only`);
  };

export const choiceParser =
  <const Choices extends readonly string[]>(choices: Choices): Parser<Choices[number]> =>
  (text) => {
    const found = choices.find((one) => one === text);
    return found === undefined ? illegal(`must be one of ${choices.join(', ')}`) : legal(found);
  };

/** Trimmed parts of a comma list. Blank and repeated parts are faults. */
export const parseCommaList = (text: string): Parsed<readonly string[]> => {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.includes('')) return illegal('has an empty part between its commas');
  if (new Set(parts).size < parts.length) return illegal('lists the same value twice');
  return legal(parts);
};

/** The limits are texts, so that a fault can quote them. */
export const durationParser = (min: string, max: string): Parser<number> => {
  const least = readDuration(min);
  const most = readDuration(max);
  if (least === null || most === null) throw new TypeError(`not durations: ${min}, ${max}`);
  return (text) => {
    const value = readDuration(text);
    if (value !== null && value >= least && value <= most) return legal(value);
    return illegal(`must be a duration from ${min} to ${max}, such as 250ms, 15s, 1 minute or 24h`);
  };
};

const bytes = byUnit(/^(0|[1-9]\d{0,14}) ?([A-Za-z]*)$/, {
  ...{ '': 1, B: 1, kB: 1e3, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 },
});

export const byteSizeParser = (min: string, max: string): Parser<number> => {
  const least = bytes(min);
  const most = bytes(max);
  if (least === null || most === null) throw new TypeError(`not sizes: ${min}, ${max}`);
  return (text) => {
    const value = bytes(text);
    if (value !== null && value >= least && value <= most) return legal(value);
    return illegal(`must be a size from ${min} to ${max}, such as 256MB or 1GiB`);
  };
};

export const parsePlainText: Parser<string> = (text) =>
  /\p{Cc}/u.test(text) ? illegal('must not hold control characters') : legal(text);
