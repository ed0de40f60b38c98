import { z } from 'zod';
import type { SendableAnswer } from '../operation/answer.ts';
import { type Coding, codings, compress } from './content-coding.ts';
import { bodyDigest, entityTag } from './entity-tag.ts';

export interface Variant {
  readonly body: Uint8Array;
  readonly tag: string;
}

/** An answer as finished bytes, in every coding in which it may be asked for. */
export interface RenderedAnswer {
  readonly contentType: string;
  /** The handler's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly plain: Variant;
  readonly compressed: ReadonlyMap<Coding, Variant>;
  readonly complete: boolean;
  /** Some of it stands in for what could not be refreshed. */
  readonly stale: boolean;
  /** Wall time of the oldest reading that stands in; null if it is not known or nothing does. */
  readonly staleSince: number | null;
  /** Holds a cursor, which is signed for one consumer. */
  readonly personal: boolean;
  readonly bytes: number;
}

const worthCompressing = 1024;

/** As little of a body as decides how it is kept; anything else may have any form. */
const noted = z.object({
  meta: z
    .object({
      complete: z.boolean(),
      providers: z.array(z.object({ status: z.string(), asOf: z.string().nullable() })),
    })
    .nullable()
    .catch(null),
  page: z.object({ nextCursor: z.string() }).nullable().catch(null),
});

const notesOf = (json: unknown) => {
  const { meta, page } = noted.safeParse(json).data ?? { meta: null, page: null };
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
  if (body.length < worthCompressing) return new Map();
  const made = await Promise.all(
    codings.map(async (coding) => ({ coding, body: await compress(body, coding), tag: entityTag(digest, coding) })),
  );
  return new Map(made.map(({ coding, ...variant }) => [coding, variant]));
};

const jsonType = 'application/json; charset=utf-8';
const textType = 'text/plain; charset=utf-8';

/** Null for what has no body of known length: lines, nothing at all, or another status than 200. */
export const renderAnswer = async (answer: SendableAnswer): Promise<RenderedAnswer | null> => {
  const { json, text, bytes } = answer;
  if ((answer.status ?? 200) !== 200 || answer.lines !== undefined) return null;
  if (json === undefined && text === undefined && bytes === undefined) return null;
  const body = bytes ?? Buffer.from(text ?? JSON.stringify(json));
  const digest = bodyDigest(body);
  const compressed = await variantsOf(body, digest);
  const sizes = [...compressed.values()].map((variant) => variant.body.length);
  return {
    ...notesOf(json),
    contentType: answer.contentType ?? (text === undefined ? jsonType : textType),
    headers: answer.headers ?? {},
    plain: { body, tag: entityTag(digest, null) },
    compressed,
    bytes: sizes.reduce((sum, size) => sum + size, body.length),
  };
};
