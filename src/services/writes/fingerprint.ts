import { createHash } from 'node:crypto';

const ordered = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;

/** The same text for the same JSON, however its fields were ordered. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, ordered) ?? '';

/** What these parts are, as 64 hexadecimal digits. */
export const digestOf = (...parts: readonly unknown[]): string =>
  createHash('sha256').update(canonicalJson(parts)).digest('hex');
