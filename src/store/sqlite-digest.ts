import { crc32 } from 'node:zlib';

/** SQLite finds pages that make no sense, but not bytes inside a value that were written over: a digest does. */
export const digestOf = (value: Uint8Array): number => crc32(value);

/** Null: the value was stored before there were digests. */
export const isIntact = (value: Uint8Array, digest: number | null): boolean =>
  digest === null || digest === crc32(value);
