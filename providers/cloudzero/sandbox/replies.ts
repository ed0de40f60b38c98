import { exactNumber } from '../../../src/vendor/kit/index.ts';
import type { SandboxReply } from '../../../src/vendor/sandbox/server.ts';

export type Variant = 'live' | 'published';

/** How the sandbox answers: in which dialect, and whether it serves the sides of the document that are optional. */
export interface Manner {
  readonly variant: Variant;
  readonly loose: boolean;
}

/** The live dialect has an error message, the published one only a status. */
export const refusal = (variant: Variant, status: 400 | 404 | 405 | 410 | 429, message: string): SandboxReply => {
  if (variant === 'published') return { status };
  if (status === 404 || status === 405) return { status, json: { message } };
  const types = { 400: 'BadRequest', 410: 'ExpiredCache', 429: 'RateLimit' } as const;
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
