import fc from 'fast-check';
import { z } from 'zod';
import { addDays } from '../../src/domain/day.ts';

/** Values that the schemas of a document allow. */

const schemaShape = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  maxItems: z.number().optional(),
  items: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  required: z.array(z.string()).optional(),
});

const day = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400).map((back) => addDays('2026-11-22', -back)) },
  { weight: 1, arbitrary: fc.nat(1500).map((back) => addDays('2027-06-01', -back)) },
);
const instant = fc
  .tuple(day, fc.nat(23), fc.constantFrom('Z', '+02:00', '-11:30'))
  .map(([date, hour, zone]) => `${date}T${String(hour).padStart(2, '0')}:30:00${zone}`);

/** Made once: the tables behind it are large. */
const grapheme = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });

/** A text of one parameter or header. */
export const valueFor = (schema: object): fc.Arbitrary<string> => {
  const { enum: words, type, format, pattern, minimum = 0, maximum = 1_000_000, ...length } = schemaShape.parse(schema);
  if (words !== undefined) return fc.constantFrom(...words.map(String));
  if (type === 'boolean') return fc.constantFrom('true', 'false');
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum }).map(String);
  if (format === 'date') return fc.oneof({ weight: 5, arbitrary: day }, { weight: 1, arbitrary: instant });
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const size = { minLength: length.minLength ?? 0, maxLength: Math.min(length.maxLength ?? 40, 40) };
  return fc.oneof(fc.string(size), fc.string({ ...size, unit: grapheme }));
};

/** What bodies are about, where a schema only says that it is a text. */
const knownFields: Readonly<Record<string, fc.Arbitrary<unknown> | undefined>> = {
  connection: fc.constantFrom('toy', 'bare'),
  from: fc.constantFrom('toy', 'toy', 'bare', 'none'),
  to: fc.constantFrom('bare', 'bare', 'toy'),
  month: fc.constantFrom('2026-10', '2026-11', '2026-09', '2031-01'),
  timestamp: fc.constantFrom('2026-09-01', '2026-09-01T10:00:00Z'),
  value: fc.constantFrom('5', '2717', '0.5', '0', 'x'),
  currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
  amount: fc.constantFrom('25000.50', '100', '0.000000000000000001', '0', '99999999999999999999.5'),
  thresholdPercent: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom('80', '99.5')),
  recipients: fc.array(fc.constantFrom('ops@example.com', 'me@example.com'), { maxLength: 2 }),
};

type Schemas = Readonly<Record<string, object>>;

const memberOf = (schema: object, schemas: Schemas): fc.Arbitrary<unknown> => {
  const read = schemaShape.parse(schema);
  if (read.$ref !== undefined) return memberOf(schemas[read.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (read.const !== undefined) return fc.constant(read.const);
  if (read.enum !== undefined) return fc.constantFrom(...read.enum);
  if (read.type === 'array')
    return fc.array(memberOf(read.items ?? {}, schemas), { maxLength: Math.min(read.maxItems ?? 3, 3) });
  if (read.type === 'object') {
    const model = Object.fromEntries(
      Object.entries(read.properties ?? {}).map(([name, member]) => [
        name,
        knownFields[name] ?? memberOf(member, schemas),
      ]),
    );
    return fc.record(model, { requiredKeys: read.required ?? [], noNullPrototype: true });
  }
  if (read.type === 'integer' || read.type === 'number') return fc.integer({ min: read.minimum ?? 0, max: 1000 });
  if (read.type === 'boolean') return fc.boolean();
  return read.type === 'string' ? valueFor(schema) : fc.constant(null);
};

/** A JSON body, as text. */
export const bodyFor = (schema: object, schemas: Schemas): fc.Arbitrary<string> =>
  memberOf(schema, schemas).map((value) => JSON.stringify(value));
