import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Turns } from '../../../domain/turns.ts';
import type { VendorReply } from '../../contract/request.ts';

const vendorBodyBytesMax = 32 * 1024 * 1024;
/** What `decodeBody` understands. */
export const acceptEncoding = 'gzip, br, deflate';

const bounded: ZlibOptions = { maxOutputLength: vendorBodyBytesMax };

const tooLarge = (): Failure =>
  new Failure('vendor-too-large', {
    public: `The vendor's answer is larger than ${vendorBodyBytesMax / 1024 / 1024} MiB; it was not read completely.`,
  });

/** The chunks as one. */
const join = async (chunks: readonly Buffer[], length: number, turns: Turns): Promise<Buffer> => {
  const whole = Buffer.allocUnsafe(length);
  let at = 0;
  for (const chunk of chunks) {
    at += chunk.copy(whole, at);
    if (turns.due()) await turns.next();
  }
  return whole;
};

/** The received bytes, or `vendor-too-large` as soon as the limit is exceeded. */
export const collect = async (body: Readable, contentLength: string | undefined, turns: Turns): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(contentLength ?? 0) > vendorBodyBytesMax) {
    // An unread body must be destroyed, or its connection is not released.
    body.on('error', () => {});
    body.destroy();
    throw tooLarge();
  }
  for await (const chunk of body) {
    const bytes: Buffer = chunk;
    length += bytes.length;
    if (length > vendorBodyBytesMax) throw tooLarge();
    chunks.push(bytes);
  }
  return join(chunks, length, turns);
};

const decompress = {
  gzip: (bytes: Buffer) => promisify(gunzip)(bytes, bounded),
  'x-gzip': (bytes: Buffer) => promisify(gunzip)(bytes, bounded),
  br: (bytes: Buffer) => promisify(brotliDecompress)(bytes, { maxOutputLength: vendorBodyBytesMax }),
  // Some servers send the bare stream under this name, without the zlib header that begins with an 8 in the low half.
  deflate: (bytes: Buffer) => promisify(((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, bounded),
} as const;

const isKnown = (name: string): name is keyof typeof decompress => Object.hasOwn(decompress, name);

const zlibCodeOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;

const decompressionFailure = (thrown: unknown): Failure => {
  const code = zlibCodeOf(thrown);
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
  if (code === 'Z_BUF_ERROR')
    return new Failure('vendor-unavailable', { public: "The vendor's answer ended before it was complete." });
  return new Failure('vendor-malformed', { public: "The vendor's answer could not be decompressed." });
};

/** Decompresses an answer that has at most one layer of a known encoding. */
export const decodeBody = async (bytes: Buffer, contentEncoding: string | undefined): Promise<Buffer> => {
  const layers = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [layer] = layers;
  if (layer === undefined || bytes.length === 0) return bytes;
  if (layers.length > 1) {
    throw new Failure('vendor-too-large', {
      public: "The vendor's answer has several content encodings; it was not decompressed.",
    });
  }
  if (!isKnown(layer)) {
    throw new Failure('vendor-malformed', {
      public: "The vendor's answer has a content encoding that was not asked for.",
      retry: 'never',
    });
  }
  try {
    return await decompress[layer](bytes);
  } catch (thrown) {
    throw decompressionFailure(thrown);
  }
};

/** A byte order mark decides, then the charset of the content type, else it is UTF-8. */
const decoderOf = (bytes: Buffer, contentType: string | undefined): TextDecoder => {
  const mark = bytes.subarray(0, 2).toString('hex');
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  const label = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : charset;
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
};

/** Longer bodies are kept as bytes, and are parsed in turns. */
const textBytesMax = 256 * 1024;

/** The text of a body; a long one is only made where something reads it. */
export const textOf = (bytes: Buffer, contentType: string | undefined): Pick<VendorReply, 'text' | 'bytes'> => {
  const decoder = decoderOf(bytes, contentType);
  if (bytes.length <= textBytesMax) return { text: decoder.decode(bytes) };
  if (decoder.encoding !== 'utf-8') {
    const text = decoder.decode(bytes);
    return { text, bytes: Buffer.from(text) };
  }
  return {
    bytes,
    get text() {
      return decoder.decode(bytes);
    },
  };
};
