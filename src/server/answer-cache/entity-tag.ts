import { createHash } from 'node:crypto';
import type { Coding } from './content-coding.ts';

const suffix = { br: '-br', gzip: '-gz' } as const satisfies Record<Coding, string>;

export const bodyDigest = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64url');

/** A strong tag, so each coding of a body has its own. */
export const entityTag = (digest: string, coding: Coding | null): string =>
  `"${digest}${coding === null ? '' : suffix[coding]}"`;

/** A tag may hold commas, so the list cannot be split at commas. */
const tags = /(?:W\/)?("[!\x23-\x7e\x80-\xff]*")/g;

/** Whether `If-None-Match` names this tag, by the weak comparison of RFC 9110, 13.1.2. */
export const namesTag = (header: string | undefined, tag: string): boolean => {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  for (const [, named] of header.matchAll(tags)) if (named === tag) return true;
  return false;
};
