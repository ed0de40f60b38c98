import type { Schema } from '../../../src/vendor/document/document.ts';

/** What samples of one place have in common. */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text shapes that a reader depends on; an empty text stands for "none" everywhere. */
const shapes = [
  '\\d{4}-\\d{2}-\\d{2}',
  '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([+-]\\d{2}:?\\d{2}|Z)',
  '\\d{13}',
  '-?\\d+(\\.\\d+)?',
  '\\d{2}-[A-Z][a-z]{2}-\\d{4} \\d{2}:\\d{2}',
  '[A-Z][a-z]{2}-\\d{4}',
  '[A-Z][a-z]{2} \\d{4}',
  '[A-Z][a-z]{2} \\d{2}, \\d{4}',
].map((shape) => `^(${shape})?$`);

const patternOf = (texts: readonly string[]): Schema => {
  if (texts.every((text) => text === '')) return {};
  const pattern = shapes.find((shape) => texts.every((text) => new RegExp(shape).test(text)));
  return pattern === undefined ? {} : { pattern };
};

/** A key that stands for data: of a generated example, or `ACTUAL_ACCOUNT_ID_2`. */
const isStandIn = (key: string): boolean => /^(property\d+|ACTUAL_[A-Z]+_(ID|NAME)(_\d+)?)$/.test(key);
/** Keys that a vendor names, as against names and ids that are data. */
const isFieldName = (key: string): boolean =>
  /^([a-z][A-Za-z0-9_]*|[A-Z][A-Z0-9_]*|cl\.[a-z.]+)$/.test(key) && !isStandIn(key);
/** A key that addresses a reader by its first word. */
const addressesReader = /^(WRONG|CORRECT|FORBIDDEN|REQUIRED|CRITICAL|REMINDER)([ _]|$)/;
/** Some samples hold keys that address a reader; they are no part of the API. */
export const isField = (key: string): boolean =>
  key.length <= 60 && key.trim() === key && !/\s.*\s.*\s/.test(key) && !addressesReader.test(key);

export interface Inference {
  /** The values are stand-ins, so only the keys count. */
  readonly shapeOnly?: boolean;
  /** Whether what stands in every sample must always be there. */
  readonly required?: boolean;
}

const objectSchema = (samples: readonly Record<string, unknown>[], how: Inference): Schema => {
  const keys = [...new Set(samples.flatMap((sample) => Object.keys(sample)))].filter(isField);
  if (keys.length === 0) return { type: 'object' };
  const valuesOf = (key: string) => samples.filter((each) => Object.hasOwn(each, key)).map((each) => each[key]);
  if (!keys.every(isFieldName)) return { type: 'object', additionalProperties: infer(keys.flatMap(valuesOf), how) };
  const required = keys.filter((key) => how.required === true && samples.every((each) => Object.hasOwn(each, key)));
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, infer(valuesOf(key), how)])),
    ...(required.length === 0 ? {} : { required }),
  };
};

const arraySchema = (samples: readonly (readonly unknown[])[], how: Inference): Schema => {
  const longest = Math.max(...samples.map((sample) => sample.length));
  if (longest === 0) return { type: 'array' };
  return { type: 'array', items: infer(samples.flat(1), how, true) };
};

/** Lists inside lists are tuples: each place has a meaning of its own. */
const tupleSchema = (samples: readonly (readonly unknown[])[], how: Inference): Schema => {
  const longest = Math.max(...samples.map((sample) => sample.length));
  const places = Array.from({ length: longest }, (_none, place) =>
    samples.filter((sample) => sample.length > place).map((sample) => sample[place]),
  );
  return longest === 0 ? { type: 'array' } : { type: 'array', prefixItems: places.map((values) => infer(values, how)) };
};

/** The narrowest schema of our keywords that all samples of a place fit. */
export const infer = (samples: readonly unknown[], how: Inference = {}, insideList = false): Schema => {
  const records = samples.filter(isRecord);
  const arrays = samples.filter((value): value is unknown[] => Array.isArray(value));
  const texts = samples.filter((value) => typeof value === 'string');
  const others = [
    ...new Set(
      samples.flatMap((value) => {
        if (value === null) return ['null'];
        return typeof value === 'number' || typeof value === 'boolean' ? [typeof value] : [];
      }),
    ),
  ];
  const choices: Schema[] = [];
  if (records.length > 0) choices.push(objectSchema(records, how));
  if (arrays.length > 0) choices.push(insideList ? tupleSchema(arrays, how) : arraySchema(arrays, how));
  if (how.shapeOnly === true && choices.length === 0) return {};
  if (texts.length > 0) choices.push({ type: 'string', ...patternOf(texts) });
  for (const type of others) choices.push({ type });
  const [first = {}, ...rest] = choices;
  return rest.length === 0 ? first : { anyOf: choices };
};
