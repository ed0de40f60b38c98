import type { Schema } from '../../src/vendor/document/document.ts';
import type { Rule } from './described.ts';

/**
 * Checks a value by a JSON Schema, as far as the vendors' documents use it. Two things differ from a general validator:
 * a member that an object's schema does not name is a violation, because what nobody documents is neither sent nor
 * simulated; and the violations of a choice are those of its nearest branch, so that an exception can name one place.
 */

export interface Violation {
  readonly at: string;
  readonly rule: Rule;
  readonly expected: string;
  readonly found: string;
}

export type Check = (value: unknown) => readonly Violation[];

const none: readonly Violation[] = [];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a violation names it: short, so that a page of rows does not fill the report. */
export const worded = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

const violation = (rule: Rule, expected: string, value: unknown): readonly Violation[] => [
  { at: '', rule, expected, found: worded(value) },
];

const below = (step: string, found: readonly Violation[]): readonly Violation[] =>
  found.map((each) => ({ ...each, at: `${step}${each.at}` }));

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isRecord,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const dateTime = /^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const isDateTime = (text: string): boolean => dateTime.test(text) && !Number.isNaN(Date.parse(text));
/** Formats of numbers say how wide they are in memory, which JSON does not show. */
const numberFormats = new Set(['double', 'float', 'int32', 'int64']);

const listOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new TypeError(`not a list: ${worded(value)}`);
};
const recordOf = (value: unknown): Record<string, unknown> => {
  if (isRecord(value)) return value;
  throw new TypeError(`not an object: ${worded(value)}`);
};

type Compile = (schema: unknown) => Check;

/** The nearest branch is the one with the fewest violations. */
const choice = (branches: readonly Check[]): Check => {
  return (value) => {
    let nearest: readonly Violation[] | null = null;
    for (const branch of branches) {
      const found = branch(value);
      if (found.length === 0) return none;
      if (nearest === null || found.length < nearest.length) nearest = found;
    }
    return nearest ?? none;
  };
};

const members = (schema: Schema, compile: Compile): Check => {
  const named = new Map(
    Object.entries(recordOf(schema.properties ?? {})).map(([name, each]) => [name, compile(each)] as const),
  );
  const patterns = Object.entries(recordOf(schema.patternProperties ?? {})).map(
    ([pattern, each]) => ({ pattern: new RegExp(pattern, 'u'), check: compile(each) }) as const,
  );
  const required = listOf(schema.required ?? []).map(String);
  const { additionalProperties } = schema;
  const others = isRecord(additionalProperties) ? compile(additionalProperties) : null;
  // Nothing is said of the members of a bare `type: object`.
  const silent = named.size === 0 && patterns.length === 0 && additionalProperties === undefined;
  const open = others === null && additionalProperties !== false && (silent || additionalProperties === true);
  const closed = new Set(required);
  return (value) => {
    if (!isRecord(value)) return none;
    const found: Violation[] = [];
    for (const name of required) {
      if (!Object.hasOwn(value, name))
        found.push({ at: `.${name}`, rule: 'required', expected: 'present', found: 'absent' });
    }
    for (const name of Object.keys(value)) {
      const own = named.get(name);
      const check = own ?? patterns.find((each) => each.pattern.test(name))?.check ?? others;
      const member = value[name];
      if (check !== null) {
        const inside = check(member);
        // A key that no schema names is data, like a position in a list.
        if (inside.length > 0) found.push(...below(own === undefined ? `{${name}}` : `.${name}`, inside));
      } else if (!open && !closed.has(name)) {
        found.push({ at: `.${name}`, rule: 'undocumented', expected: 'absent', found: worded(member) });
      }
    }
    return found.length === 0 ? none : found;
  };
};

const elements = (schema: Schema, compile: Compile): Check => {
  const places = listOf(schema.prefixItems ?? []).map(compile);
  const rest = schema.items === undefined ? null : compile(schema.items);
  return (value) => {
    if (!Array.isArray(value)) return none;
    const found: Violation[] = [];
    value.forEach((element, index) => {
      const check = places[index] ?? rest;
      if (check !== null) {
        const inside = check(element);
        if (inside.length > 0) found.push(...below(`[${index}]`, inside));
      } else if (places.length > 0) {
        found.push({ at: `[${index}]`, rule: 'undocumented', expected: 'absent', found: worded(element) });
      }
    });
    return found.length === 0 ? none : found;
  };
};

/** One entry for each keyword. A schema with another keyword cannot be checked, so it does not compile. */
const keywords: Readonly<Record<string, (given: unknown, schema: Schema, compile: Compile) => Check | null>> = {
  type: (given) => {
    const names = (Array.isArray(given) ? given : [given]).map(String);
    const tests = names.map((name) => {
      const test = types[name];
      if (test === undefined) throw new TypeError(`no type is called ${name}`);
      return test;
    });
    return (value) => (tests.some((test) => test(value)) ? none : violation('type', names.join(' or '), value));
  },
  enum: (given) => {
    const values = new Set(listOf(given));
    const expected = `one of ${[...values].map(worded).join(', ')}`;
    return (value) => (values.has(value) ? none : violation('enum', expected, value));
  },
  pattern: (given) => {
    const pattern = new RegExp(String(given), 'u');
    return (value) =>
      typeof value !== 'string' || pattern.test(value) ? none : violation('pattern', String(given), value);
  },
  format: (given) => {
    if (numberFormats.has(String(given))) return null;
    if (given !== 'date-time') throw new TypeError(`no format is called ${String(given)}`);
    return (value) =>
      typeof value !== 'string' || isDateTime(value) ? none : violation('format', 'an RFC 3339 timestamp', value);
  },
  minimum: (given) => (value) =>
    typeof value !== 'number' || value >= Number(given) ? none : violation('range', `at least ${given}`, value),
  maximum: (given) => (value) =>
    typeof value !== 'number' || value <= Number(given) ? none : violation('range', `at most ${given}`, value),
  properties: (_given, schema, compile) => members(schema, compile),
  required: (_given, schema, compile) => (schema.properties === undefined ? members(schema, compile) : null),
  additionalProperties: (_given, schema, compile) =>
    schema.properties === undefined && schema.required === undefined ? members(schema, compile) : null,
  patternProperties: (_given, schema, compile) =>
    schema.properties === undefined && schema.required === undefined && schema.additionalProperties === undefined
      ? members(schema, compile)
      : null,
  items: (_given, schema, compile) => elements(schema, compile),
  prefixItems: (_given, schema, compile) => (schema.items === undefined ? elements(schema, compile) : null),
  anyOf: (given, _schema, compile) => choice(listOf(given).map(compile)),
  /** Documents write `integer or number`, of which an integer is both. */
  oneOf: (given, _schema, compile) => choice(listOf(given).map(compile)),
};

/** `shared` are the schemas that a `$ref` names. */
export const createCompiler = (shared: Readonly<Record<string, Schema>>): ((schema: unknown) => Check) => {
  const known = new Map<string, Check>();
  const byReference = (reference: string): Check => {
    const name = /^#\/schemas\/(.+)$/.exec(reference)?.[1] ?? '';
    const schema = shared[name];
    if (schema === undefined) throw new TypeError(`no schema is called ${reference}`);
    return (value) => {
      const check = known.get(name) ?? compile(schema);
      known.set(name, check);
      return check(value);
    };
  };
  const compile = (given: unknown): Check => {
    const schema = recordOf(given);
    const checks = Object.entries(schema).flatMap(([keyword, value]): Check[] => {
      if (keyword === '$ref') return [byReference(String(value))];
      const build = keywords[keyword];
      if (build === undefined) throw new TypeError(`the keyword ${keyword} is not known here`);
      const check = build(value, schema, compile);
      return check === null ? [] : [check];
    });
    const [only, ...more] = checks;
    if (only === undefined) return () => none;
    if (more.length === 0) return only;
    return (value) => {
      let found = none;
      for (const check of checks) {
        const inside = check(value);
        if (inside.length > 0) found = [...found, ...inside];
      }
      return found;
    };
  };
  return compile;
};
