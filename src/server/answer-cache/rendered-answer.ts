import { z } from 'zod';
import type { SendableAnswer } from '../operation/answer.ts';
import { type Coding, codings, compress } from './content-coding.ts';
import { bodyDigest, entityTag } from './entity-tag.ts';

export interface Variant {
  readonly body: Uint8Array;
  readonly tag: string;
}

/** An answer as bytes, in every supported coding. */
export interface RenderedAnswer {
  readonly contentType: string;
  /** Headers set by the handler. */
  readonly headers: Readonly<Record<string, string>>;
  readonly plain: Variant;
  readonly compressed: ReadonlyMap<Coding, Variant>;
  readonly complete: boolean;
  /** Some data could not be refreshed. */
  readonly stale: boolean;
  /** Wall time of the oldest stale data; null if unknown or if nothing is stale. */
  readonly staleSince: number | null;
  /** Contains a cursor, which is signed for one consumer. */
  readonly personal: boolean;
  readonly bytes: number;
}

const compressedBytesMin = 1024;

/** The fields of a body that decide how it is cached. */
const cacheFieldsSchema = z.object({
  meta: z
    .object({
      complete: z.boolean(),
      providers: z.array(z.object({ status: z.string(), asOf: z.string().nullable() })),
    })
    .nullable()
    .catch(null),
  page: z.object({ nextCursor: z.string() }).nullable().catch(null),
});

const cacheFieldsOf = (json: unknown) => {
  const { meta, page } = cacheFieldsSchema.safeParse(json).data ?? { meta: null, page: null };
  const stale = (meta?.providers ?? []).filter(({ status }) => status === 'stale');
  const since = stale.map(({ asOf }) => Date.parse(asOf ?? '')).filter((instant) => Number.isFinite(instant));
  return {
    complete: meta?.complete ?? true,
    stale: stale.length > 0,
    staleSince: since.length === 0 ? null : Math.min(...since),
    personal: page !== null,
  };
};

const variantsOf = async (body: Uint8Array, digest: string): Promise<Map<Coding, Variant>> => {
  if (body.length < compressedBytesMin) return new Map();
  const variants = await Promise.all(
    codings.map(async (coding) => ({ coding, body: await compress(body, coding), tag: entityTag(digest, coding) })),
  );
  return new Map(variants.map(({ coding, ...variant }) => [coding, variant]));
};

const jsonType = 'application/json; charset=utf-8';
const textType = 'text/plain; charset=utf-8';

/** Null for lines, for an answer without a body, and for any status but 200. */
export const renderAnswer = async (answer: SendableAnswer): Promise<RenderedAnswer | null> => {
  const { json, text, bytes } = answer;
  if ((answer.status ?? 200) !== 200 || answer.lines !== undefined) return null;
  if (json === undefined && text === undefined && bytes === undefined) return null;
  const body = bytes ?? Buffer.from(text ?? JSON.stringify(json));
  const digest = bodyDigest(body);
  const compressed = await variantsOf(body, digest);
  const sizes = [...compressed.values()].map((variant) => variant.body.length);
  return {
    ...cacheFieldsOf(json),
    contentType: answer.contentType ?? (text === undefined ? jsonType : textType),
    headers: answer.headers ?? {},
    plain: { body, tag: entityTag(digest, null) },
    compressed,
    bytes: sizes.reduce((sum, size) => sum + size, body.length),
  };
};
