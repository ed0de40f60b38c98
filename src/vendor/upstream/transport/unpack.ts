import { createGunzip, createInflate, createInflateRaw, type Gunzip, type Inflate } from 'node:zlib';
import { Failure } from '../../../domain/failure/failure.ts';

/**
 * What `unpackerOf` knows. Brotli is not asked for: a list of equal rows is packed as tightly in it as anything that is
 * sent to fill the memory, and each answer may claim 16 MiB to be unpacked at all.
 */
export const acceptEncoding = 'gzip, deflate';

/** A list of equal rows reaches 1:293, and the format cannot reach more than 1:1,032. */
export const unpackedRatioMax = 500;

const chunkSize = 64 * 1024;

/** A stream that decompresses one answer; made for its first byte. */
export type Unpacker = Gunzip | Inflate;
export type CreateUnpacker = (first: number) => Unpacker;

const createGzip: CreateUnpacker = () => createGunzip({ chunkSize });
const unpackers: Readonly<Record<string, CreateUnpacker>> = {
  gzip: createGzip,
  'x-gzip': createGzip,
  // Some servers send the bare stream under this name, without the zlib header that begins with an 8 in the low half.
  deflate: (first) => ((first & 0x0f) === 8 ? createInflate : createInflateRaw)({ chunkSize }),
};

/** For an answer in at most one layer of a known encoding; null where it is not compressed. */
export const unpackerOf = (contentEncoding: string | undefined): CreateUnpacker | null => {
  const layers = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [layer] = layers;
  if (layer === undefined) return null;
  if (layers.length > 1) {
    throw new Failure('vendor-too-large', {
      public: "The vendor's answer has several content encodings; it was not decompressed.",
    });
  }
  const create = Object.hasOwn(unpackers, layer) ? unpackers[layer] : undefined;
  if (create === undefined) {
    throw new Failure('vendor-malformed', {
      public: "The vendor's answer has a content encoding that was not asked for.",
      retry: 'never',
    });
  }
  return create;
};

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** The failure for an error of an unpacker; every other error as it is. */
export const unpackingFailure = (thrown: unknown): unknown => {
  const code = codeOf(thrown);
  if (code === 'Z_BUF_ERROR')
    return new Failure('vendor-unavailable', { public: "The vendor's answer ended before it was complete." });
  if (code.startsWith('Z_'))
    return new Failure('vendor-malformed', { public: "The vendor's answer could not be decompressed." });
  return thrown;
};
