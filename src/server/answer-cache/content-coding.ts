import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';

/** The best first. */
export const codings = ['br', 'gzip'] as const;
export type Coding = (typeof codings)[number];

const brotliQuality = 4;
const gzipLevel = 6;

const qualityPattern = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** What each name of an `Accept-Encoding` header is worth; a part that cannot be read does not count. */
const worthOf = (header: string): ReadonlyMap<string, number> => {
  const worth = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', quality, ...more] = part.split(';').map((piece) => piece.trim());
    const value = quality === undefined ? '1' : qualityPattern.exec(quality)?.[1];
    if (name !== '' && value !== undefined && more.length === 0) worth.set(name, Number(value));
  }
  return worth;
};

/** Which coding an `Accept-Encoding` header asks for, out of those there are; null for the bytes as they are. */
export const chooseCoding = (header: string | undefined, offered: readonly Coding[]): Coding | null => {
  if (header === undefined || offered.length === 0) return null;
  const worth = worthOf(header);
  let best: Coding | null = null;
  let bestWorth = worth.get('identity') ?? 0;
  for (const coding of offered) {
    const value = worth.get(coding) ?? worth.get('*') ?? 0;
    if (value === 0 || value < bestWorth || (best !== null && value === bestWorth)) continue;
    best = coding;
    bestWorth = value;
  }
  return best;
};

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** All of a body at once, off the event loop. */
export const compress = (body: Uint8Array, coding: Coding): Promise<Uint8Array> =>
  coding === 'br'
    ? brotli(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })
    : gzipped(body, { level: gzipLevel });

/** For a body that is sent as it comes: everything written can be read at once by the other side. */
export const compressor = (coding: Coding): Duplex =>
  coding === 'br'
    ? createBrotliCompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality },
      })
    : createGzip({ flush: constants.Z_SYNC_FLUSH, level: gzipLevel });
