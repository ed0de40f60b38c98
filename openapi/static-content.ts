import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

interface Coding {
  readonly name: 'br' | 'gzip' | null;
  readonly bytes: Buffer;
  /** A strong tag, so each coding has its own. */
  readonly etag: string;
}

/** Bytes that do not change while the process runs, in every supported coding. */
export interface StaticContent {
  readonly type: string;
  readonly plain: Coding;
  /** In order of preference. */
  readonly compressed: readonly Coding[];
}

/** A higher quality takes seconds for a script of some megabytes. */
const brotliQuality = 5;
const worthCompressing = 1024;

export const staticContent = (text: string, type: string): StaticContent => {
  const bytes = Buffer.from(text);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
  const plain: Coding = { name: null, bytes, etag: `"${digest}"` };
  if (bytes.length < worthCompressing) return { type, plain, compressed: [] };
  const parameters = { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } };
  return {
    type,
    plain,
    compressed: [
      { name: 'br', bytes: brotliCompressSync(bytes, parameters), etag: `"${digest}-br"` },
      { name: 'gzip', bytes: gzipSync(bytes), etag: `"${digest}-gzip"` },
    ],
  };
};

const accepted = (header: string): Set<string> =>
  new Set(
    header
      .toLowerCase()
      .split(',')
      .map((part) => part.trim().split(/\s*;\s*/))
      .filter(([, quality]) => quality === undefined || !/^q=0(\.0*)?$/.test(quality))
      .map(([name = '']) => name),
  );

const matches = (header: string, etag: string): boolean =>
  header === '*' || header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag);

/** For public documents and assets without cost data. */
export const sendStatic = (request: FastifyRequest, reply: FastifyReply, content: StaticContent): FastifyReply => {
  const names = accepted([request.headers['accept-encoding'] ?? ''].flat().join(','));
  const coding = content.compressed.find(({ name }) => name !== null && names.has(name)) ?? content.plain;
  reply
    .header('cache-control', 'public, max-age=60, must-revalidate')
    .header('vary', 'Accept-Encoding')
    .header('etag', coding.etag);
  if (matches(request.headers['if-none-match'] ?? '', coding.etag)) return reply.code(304).send();
  if (coding.name !== null) reply.header('content-encoding', coding.name);
  return reply.header('content-type', content.type).send(coding.bytes);
};
