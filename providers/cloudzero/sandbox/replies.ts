import type { z } from 'zod';
import { exactNumber } from '../../../src/vendor/kit/index.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';

export type Variant = 'live' | 'published';

/** How the sandbox answers: in which dialect, and whether it serves the sides of the document that are optional. */
export interface Manner {
  readonly variant: Variant;
  readonly loose: boolean;
}

const types = { 400: 'BadRequest', 410: 'ExpiredCache', 429: 'RateLimit', 503: 'ServiceUnavailable' } as const;

type RefusedStatus = keyof typeof types | 404 | 405 | 413;

/** The live dialect has an error message, the published one only a status. */
export const refusal = (variant: Variant, status: RefusedStatus, message: string): SandboxReply => {
  if (variant === 'published') return { status };
  if (status === 404 || status === 405 || status === 413) return { status, json: { message } };
  return { status, json: { error: { message, type: types[status] } } };
};

/** The answer to a wrong or missing key. */
export const refusedKey = (variant: Variant): SandboxReply =>
  variant === 'live' ? { status: 403, json: { message: 'Forbidden' } } : { status: 401 };

/** The value, or a message about the fault of the request. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export const fine = <T>(value: T): Checked<T> => ({ ok: true, value });
export const wrong = (message: string): { readonly ok: false; readonly message: string } => ({ ok: false, message });

/** Keeps the text of a number that a double would round. */
const exactly = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? exactNumber(context.source)
    : value;

export const parseObject = (text: string): Checked<Readonly<Record<string, unknown>>> => {
  try {
    const value: unknown = JSON.parse(text, exactly);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return wrong('the body is not a JSON object');
    return fine({ ...value });
  } catch {
    return wrong('the body is no JSON');
  }
};

/** What a schema has against a body, as the message of a refusal. */
export const faultOf = (error: z.ZodError): { readonly ok: false; readonly message: string } => {
  const issue = error.issues[0];
  return wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'does not fit'}`);
};

/** The vendor writes 5MB and not which megabyte it means; this is the smaller one. */
const bodyBytesMax = 5_000_000;

export const isTooLarge = (body: string): boolean => Buffer.byteLength(body) > bodyBytesMax;
