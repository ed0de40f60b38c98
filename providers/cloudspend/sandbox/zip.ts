import { crc32 } from 'node:zlib';

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const version = 20;
/** 1 January 1980, the first day that the format knows. */
const day = 0x21;

/** What both headers of a stored file say. */
const fields = (name: Buffer, content: Buffer): Buffer => {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(version, 0);
  bytes.writeUInt16LE(day, 8);
  bytes.writeUInt32LE(crc32(content), 10);
  bytes.writeUInt32LE(content.length, 14);
  bytes.writeUInt32LE(content.length, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
};

const words = (...values: readonly (readonly [value: number, size: 2 | 4])[]): Buffer =>
  Buffer.concat(
    values.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );

/** An archive of one file that is stored as it is. */
export const zipOf = (fileName: string, text: string): Uint8Array => {
  const [name, content] = [Buffer.from(fileName), Buffer.from(text)];
  const common = fields(name, content);
  const local = Buffer.concat([words([localHeader, 4]), common, name, content]);
  const central = Buffer.concat([
    words([centralHeader, 4], [version, 2]),
    common,
    words([0, 2], [0, 2], [0, 2], [0, 4], [0, 4]),
    name,
  ]);
  const end = words(
    [endOfDirectory, 4],
    [0, 2],
    [0, 2],
    [1, 2],
    [1, 2],
    [central.length, 4],
    [local.length, 4],
    [0, 2],
  );
  return Buffer.concat([local, central, end]);
};
