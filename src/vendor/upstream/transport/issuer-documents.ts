import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';

/** Reads a JSON document of an issuer of callers' tokens. Rejects for any status but 200, and for invalid JSON. */
export type ReadDocument = (url: string, signal: AbortSignal) => Promise<unknown>;

const documentBytesMax = 512 * 1024;

const readText = async (answer: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > documentBytesMax) throw new RangeError(`the document is larger than ${documentBytesMax} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/** Follows no redirect: an attacker who can send one could supply the keys. Sends no credential. */
export const readDocument: ReadDocument = async (url, signal) => {
  const get = new URL(url).protocol === 'https:' ? getSecure : getPlain;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { signal, headers: { accept: 'application/json' } }, resolve).on('error', reject);
  });
  try {
    if (answer.statusCode !== 200) throw new TypeError(`the issuer answered ${answer.statusCode}`);
    const document: unknown = JSON.parse(await readText(answer));
    return document;
  } finally {
    answer.destroy();
  }
};
