import { z } from 'zod';
import { isField } from './infer.ts';

const samplesSchema = z.array(
  z.object({ id: z.string(), sampleQuality: z.string(), responses: z.array(z.object({ json: z.unknown() })) }),
);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Who made the samples is nobody's business: their organisation, names and addresses. */
const personal = new Set(['org_info', 'display_name']);

const scrubbedText = (text: string): string => {
  if (text.includes('://')) return 'https://example.com/';
  if (text.includes('@')) return 'someone@example.com';
  return text.length > 80 ? 'text' : text;
};

/** A sample without what belongs to persons, and without the keys that address a reader. */
export const scrubbed = (value: unknown): unknown => {
  if (typeof value === 'string') return scrubbedText(value);
  if (Array.isArray(value)) return value.map(scrubbed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isField(key.trim()))
      .map(([key, member]) => [key, personal.has(key) ? 'text' : scrubbed(member)]),
  );
};

/** The samples of these operations, as far as they say something. */
export const readSamples = (text: string, operations: ReadonlySet<string>): Record<string, readonly unknown[]> =>
  Object.fromEntries(
    samplesSchema
      .parse(JSON.parse(text))
      .filter(({ id, responses }) => operations.has(id) && responses.length > 0)
      .map(({ id, responses }) => [id, responses.map((response) => scrubbed(response.json))]),
  );
