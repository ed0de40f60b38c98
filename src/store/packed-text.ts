import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Compressed off the main thread: progress of a long read can be many megabytes. */
export const packText = (text: string): Promise<Uint8Array> => compress(text);
export const unpackText = async (bytes: Uint8Array): Promise<string> => (await decompress(bytes)).toString('utf8');
