import { z } from 'zod';
import type { Schema, WrittenDocument, WrittenOperation } from '../../../src/vendor/document/document.ts';
import { infer, isField } from './infer.ts';

const labelled = z.array(z.object({ json: z.unknown() })).nullish();

const catalogueSchema = z.array(
  z.object({
    id: z.string(),
    method: z.string(),
    path: z.string(),
    params: z.array(z.object({ in: z.enum(['path', 'query', 'body']), name: z.string(), note: z.string().nullish() })),
    sample: z.object({
      query: z.record(z.string(), z.unknown()),
      body: z.unknown(),
      bodies: labelled,
      standIns: z.boolean(),
    }),
    responses: z.array(z.object({ json: z.unknown() })),
    sampleQuality: z.string(),
  }),
);
type Entry = z.output<typeof catalogueSchema>[number];

const json = 'application/json';
/** By itself, or for some uses of the operation. */
const optional = /^optional\b|\(optional\)|\b(optional|not used) for\b|\brequired (only|for (?!all\b))/i;
const isOptional = (note: string | null | undefined): boolean => optional.test(note ?? '');

/** The values that a note lists: `- 1: Budget - 2: Anomaly`, or `(0=Account, 1=Report)`. */
const listedValues = (note: string): string[] => {
  // These lists are open: they go on, or name a range.
  if (/\betc\b|…|\d\+|\(\d+-\d+\)/.test(note)) return [];
  const lines = [...note.matchAll(/- \\?"?([A-Za-z_]+|-?\d+)\\?"?:/g)].map((match) => match[1] ?? '');
  const pairs = [...note.matchAll(/(-?\d+)\s*=/g)].map((match) => match[1] ?? '');
  const values = lines.length > 1 ? lines : pairs;
  return values.length > 1 ? [...new Set(values)] : [];
};

const isComposite = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Notes were joined to names by guess, so a list of values counts only where it has the value of the sample. */
const enumOf = (note: string | null | undefined, samples: readonly unknown[]): Schema => {
  const values = listedValues(note ?? '');
  const known =
    samples.length > 0 && samples.every((sample) => !isComposite(sample) && values.includes(String(sample)));
  if (!known) return {};
  if (!samples.every((sample) => typeof sample === 'number')) return { enum: values };
  // A word among numbers stands for others.
  return values.some((value) => Number.isNaN(Number(value))) ? {} : { enum: values.map(Number) };
};

const queryParameter = ({ sample, params }: Entry, name: string) => {
  const note = params.find((each) => each.in === 'query' && each.name === name)?.note;
  const present = Object.hasOwn(sample.query, name);
  const value = sample.query[name];
  const required = present && !isOptional(note);
  if (present && isComposite(value))
    return { name, in: 'query' as const, required, json: infer([value], { required, shapeOnly: sample.standIns }) };
  // A stand-in shows nothing of the object that the parameter holds everywhere.
  if (name === 'JSONString') return { name, in: 'query' as const, required, json: { type: 'object' } };
  const schema = present && !sample.standIns ? { ...infer([String(value)]), ...enumOf(note, [String(value)]) } : {};
  return { name, in: 'query' as const, required, schema };
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of every example; what a note calls optional, and what only some examples have, may be left out. */
const bodySchema = ({ params, sample }: Entry, bodies: readonly unknown[]): Schema => {
  const schema = infer(bodies, { required: true, shapeOnly: sample.standIns });
  const records = bodies.filter(isRecord);
  if (!isRecord(schema.properties) || records.length !== bodies.length) return schema;
  const notes = params.filter((each) => each.in === 'body' && /^\w+$/.test(each.name) && isField(each.name));
  const optional = new Set(notes.filter((each) => isOptional(each.note)).map((each) => each.name));
  const named = Object.fromEntries(
    notes.map(({ name, note }) => {
      const values = records.filter((body) => Object.hasOwn(body, name)).map((body) => body[name]);
      return [
        name,
        {
          ...(values.length === 0 ? {} : infer(values, { required: true, shapeOnly: sample.standIns })),
          ...enumOf(note, values),
        },
      ];
    }),
  );
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => !optional.has(String(name))) : [];
  return { ...schema, properties: { ...schema.properties, ...named }, required };
};

/** `data` differs from sample to sample, but the envelope is the same everywhere. */
const answerSchema = ({ responses, sampleQuality }: Entry): Schema => {
  const samples = responses.map((response) => response.json).filter((each) => each !== null && each !== undefined);
  const schema = infer(samples, { shapeOnly: sampleQuality === 'placeholder' || sampleQuality === 'synthetic' });
  const saysCode = samples.every((sample) => isRecord(sample) && Object.hasOwn(sample, 'code'));
  return saysCode ? { ...schema, required: ['code'] } : schema;
};

const saysNothing = new Set(['empty-object', 'missing']);

/** A catalogue of operations with a sample of each, whose schemas are those that the samples have in common. */
export const readCatalogue = (text: string): Omit<WrittenDocument, 'source' | 'authorization'> => ({
  schemas: {},
  operations: catalogueSchema.parse(JSON.parse(text)).map((entry): WrittenOperation => {
    const { id, method, path, params, sample } = entry;
    const queryNames = new Set([
      ...params.filter((each) => each.in === 'query').map((each) => each.name),
      ...Object.keys(sample.query),
    ]);
    const bodies = sample.bodies?.map((each) => each.json) ?? (isComposite(sample.body) ? [sample.body] : []);
    const pathNames = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    return {
      id,
      method,
      path,
      parameters: [
        ...pathNames.map((name) => ({ name, in: 'path' as const, required: true })),
        ...[...queryNames].map((name) => queryParameter(entry, name)),
      ],
      ...(bodies.length === 0 ? {} : { body: { required: true, content: { [json]: bodySchema(entry, bodies) } } }),
      answers: { 200: saysNothing.has(entry.sampleQuality) ? {} : { [json]: answerSchema(entry) } },
    };
  }),
});
