import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';

/** In order of preference. */
export const codings = ['br', 'gzip'] as const;
export type Coding = (typeof codings)[number];

const brotliQuality = 4;
const gzipLevel = 6;

const qualityPattern = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** The quality of each coding in an `Accept-Encoding` header; an unreadable part is ignored. */
const qualitiesOf = (header: string): ReadonlyMap<string, number> => {
  const qualities = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', quality, ...more] = part.split(';').map((piece) => piece.trim());
    const value = quality === undefined ? '1' : qualityPattern.exec(quality)?.[1];
    if (name !== '' && value !== undefined && more.length === 0) qualities.set(name, Number(value));
  }
  return qualities;
};

/** The offered coding that an `Accept-Encoding` header prefers; null for no coding. */
export const chooseCoding = (header: string | undefined, offered: readonly Coding[]): Coding | null => {
  if (header === undefined || offered.length === 0) return null;
  const qualities = qualitiesOf(header);
  let best: Coding | null = null;
  let bestQuality = qualities.get('identity') ?? 0;
  for (const coding of offered) {
    const value = qualities.get(coding) ?? qualities.get('*') ?? 0;
    if (value === 0 || value < bestQuality || (best !== null && value === bestQuality)) continue;
    best = coding;
    bestQuality = value;
  }
  return best;
};

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Runs outside the event loop. */
export const compress = (body: Uint8Array, coding: Coding): Promise<Uint8Array> =>
  coding === 'br'
    ? brotli(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })
    : gzipped(body, { level: gzipLevel });

/** For streamed bodies: flushes each chunk. */
export const compressor = (coding: Coding): Duplex =>
  coding === 'br'
    ? createBrotliCompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality },
      })
    : createGzip({ flush: constants.Z_SYNC_FLUSH, level: gzipLevel });
