import { createHash } from 'node:crypto';

const sortFields = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;

/** JSON text that does not depend on the order of fields. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortFields) ?? '';

/** SHA-256 of the canonical JSON of the parts, in hexadecimal. */
export const jsonDigest = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(canonicalJson(parts)).digest('hex');
