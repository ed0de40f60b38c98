import { pipeline, type Readable, Transform } from 'node:stream';
import { Failure } from '../../../domain/failure/failure.ts';
import { unpackerOf } from './unpack.ts';

const mebibyte = 1024 * 1024;
const fileBytesMax = 256 * mebibyte;

const tooLarge = (): Failure =>
  new Failure('vendor-too-large', { public: `The file is larger than ${fileBytesMax / mebibyte} MiB.` });

/** A good answer that is no JSON. One that is compressed on the way is read whole, where its bound is checked. */
export const isFile = (status: number, headers: Readonly<Record<string, string>>): boolean =>
  status >= 200 &&
  status <= 299 &&
  !/[/+]json\b/i.test(headers['content-type'] ?? 'application/json') &&
  unpackerOf(headers['content-encoding']) === null;

/** The file as it comes. It ends with an error where it is too large. */
export const boundedFile = (body: Readable, headers: Readonly<Record<string, string>>): Readable => {
  if (Number(headers['content-length'] ?? 0) > fileBytesMax) {
    body.on('error', () => {});
    body.destroy();
    throw tooLarge();
  }
  let length = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > fileBytesMax) done(tooLarge());
      else done(null, chunk);
    },
  });
  // An error of either ends both, and is emitted on the one that is read.
  return pipeline(body, bound, () => {});
};
