import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../../domain/failure/failure.ts';
import type { Turns } from '../../../domain/turns.ts';
import type { VendorReply } from '../../contract/request.ts';
import { type CreateUnpacker, type Unpacker, unpackedRatioMax, unpackerOf, unpackingFailure } from './unpack.ts';

const mebibyte = 1024 * 1024;
const vendorBodyBytesMax = 32 * mebibyte;
/** From here on it counts how tightly an answer is packed. */
const ratioBytesMin = 4 * mebibyte;

const tooLarge = (): Failure =>
  new Failure('vendor-too-large', {
    public: `The vendor's answer is larger than ${vendorBodyBytesMax / mebibyte} MiB; it was not read completely.`,
  });

const inflatesTooMuch = (): Failure =>
  new Failure('vendor-too-large', {
    public: "The vendor's answer is compressed more than any list of costs; it was not read completely.",
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

/** `check` is told the length after each chunk. */
const collect = async (
  chunks: AsyncIterable<Buffer>,
  turns: Turns,
  check: (length: number) => void = () => {},
): Promise<Buffer> => {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > vendorBodyBytesMax) throw tooLarge();
    check(length);
    kept.push(chunk);
  }
  return join(kept, length, turns);
};

const ratioCheck =
  (unpacker: Unpacker) =>
  (length: number): void => {
    if (length > ratioBytesMin && length > unpacker.bytesWritten * unpackedRatioMax) throw inflatesTooMuch();
  };

async function* startingWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

const unpack = async (body: Readable, create: CreateUnpacker, turns: Turns): Promise<Buffer> => {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return Buffer.alloc(0);
  const unpacker = create(first.value[0] ?? 0);
  try {
    return await pipeline(startingWith(first.value, chunks), unpacker, (unpacked: AsyncIterable<Buffer>) =>
      collect(unpacked, turns, ratioCheck(unpacker)),
    );
  } catch (thrown) {
    throw unpackingFailure(thrown);
  }
};

/**
 * The bytes of an answer, decompressed as they come. Reading ends at once where they are too many, or are packed in a
 * way that only serves to hide how many they are.
 */
export const readBody = async (
  body: Readable,
  headers: Readonly<Record<string, string>>,
  turns: Turns,
): Promise<Buffer> => {
  // An unread body must be destroyed, or its connection is not released.
  body.on('error', () => {});
  try {
    if (Number(headers['content-length'] ?? 0) > vendorBodyBytesMax) throw tooLarge();
    const create = unpackerOf(headers['content-encoding']);
    return create === null ? await collect(body, turns) : await unpack(body, create, turns);
  } finally {
    body.destroy();
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
