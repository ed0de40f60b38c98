import { z } from 'zod';
import { type ParameterForm, shapeOf } from '../src/server/operation/parameter-shapes.ts';
import type { Components } from './components.ts';
import { type Json, type JsonObject, toJson } from './json.ts';

interface Unwrapped {
  readonly core: z.core.$ZodType;
  readonly meta: z.core.GlobalMeta;
  readonly required: boolean;
  readonly standard: Json | undefined;
}

/** Unwraps `.optional()`, `.default()` and similar; the outermost metadata wins. */
const unwrap = (schema: z.core.$ZodType): Unwrapped => {
  let core = schema;
  let meta: z.core.GlobalMeta = {};
  let required = true;
  let standard: Json | undefined;
  for (;;) {
    meta = { ...z.globalRegistry.get(core), ...meta };
    if (core instanceof z.ZodDefault || core instanceof z.ZodPrefault) standard ??= toJson(core.def.defaultValue);
    else if (!(core instanceof z.ZodOptional)) return { core, meta, required, standard };
    required = false;
    core = core.def.innerType;
  }
};

const exampleIn = (meta: z.core.GlobalMeta): Json | undefined => {
  if ('example' in meta) return toJson(meta.example);
  return Array.isArray(meta.examples) ? toJson(meta.examples[0]) : undefined;
};

/** Examples are written as in a URL and shown as values of the schema. */
const typed = (example: Json | undefined, type: Json | undefined): Json | undefined => {
  if (typeof example !== 'string' || (type !== 'integer' && type !== 'boolean')) return example;
  return toJson(JSON.parse(example));
};

const described = (meta: z.core.GlobalMeta, example: Json | undefined): JsonObject => ({
  ...(meta.description === undefined ? {} : { description: meta.description }),
  ...(meta.deprecated === true ? { deprecated: true } : {}),
  ...(example === undefined ? {} : { example }),
});

/** The example of a parameter of this form, from the example of one value. */
const inForm = (value: Json, form: ParameterForm): Json => {
  if (form === 'one') return value;
  return form === 'comma-list' && typeof value === 'string' ? value.split(',') : [value];
};

/** Metadata about the parameter belongs beside its schema, not inside it. */
const bare = ({
  description: _description,
  example: _example,
  examples: _examples,
  ...schema
}: JsonObject): JsonObject => schema;

export const queryParameter = (name: string, schema: z.core.$ZodType, components: Components): JsonObject => {
  const { core, meta, required, standard } = unwrap(schema);
  const shape = shapeOf(core);
  if (shape === null) throw new TypeError(`the query parameter ${name} must be made with one, many or commaList`);
  const valueMeta = z.globalRegistry.get(shape.value) ?? {};
  const value = bare(components.schema(shape.value, 'input'));
  const whole: JsonObject =
    shape.form === 'one'
      ? value
      : { type: 'array', items: value, ...(shape.max === undefined ? {} : { maxItems: shape.max }) };
  const ofOne = typed(exampleIn(valueMeta), value.type);
  const example = exampleIn(meta) ?? (ofOne === undefined ? undefined : inForm(ofOne, shape.form));
  return {
    name,
    in: 'query',
    required,
    ...described({ ...valueMeta, ...meta }, example),
    ...(shape.form === 'one' ? {} : { style: 'form', explode: shape.form === 'many' }),
    schema: { ...whole, ...(standard === undefined ? {} : { default: standard }) },
  };
};

export const pathParameter = (name: string, schema: z.core.$ZodType, components: Components): JsonObject => {
  const { core, meta } = unwrap(schema);
  const value = bare(components.schema(core, 'input'));
  return { name, in: 'path', required: true, ...described(meta, exampleIn(meta)), schema: value };
};
