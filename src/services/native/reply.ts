import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { VendorReply } from '../../vendor/contract/request.ts';

/** What the vendor answered, as it is passed on. */
export interface NativeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly bytes: Uint8Array;
  /** A file that is still to be read, in place of the bytes. */
  readonly stream?: Readable;
}

const passed = new Set(['content-disposition', 'content-language', 'link', 'retry-after']);
/** Of the headers that begin with `x-`: what servers say to browsers, and what the gateway says itself. */
const dropped =
  /^x-(request-id|content-type-options|frame-options|xss-protection|powered-by|download-options|dns-prefetch-control|permitted-cross-domain-policies|accel-|runtime|cache|served-by)/;

const isPassed = (name: string): boolean =>
  passed.has(name) || /^ratelimit/.test(name) || (name.startsWith('x-') && !dropped.test(name));

/** The status and the bytes as they came, with the headers that concern the caller. */
export const nativeReplyOf = ({ status, headers, raw, stream }: VendorReply): NativeReply => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => isPassed(name))),
  contentType: headers['content-type'] ?? null,
  bytes: raw ?? new Uint8Array(),
  ...(stream === undefined ? {} : { stream }),
});

const keptSchema = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  contentType: z.string().nullable(),
  asOf: z.number(),
});
export interface KeptReply extends NativeReply {
  /** Wall time. */
  readonly asOf: number;
}

const lengthBytes = 4;

/** The length of the head, the head as JSON, and the bytes. */
export const encodeReply = ({ bytes, stream: _none, ...head }: KeptReply): Uint8Array => {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, bytes]);
};

/** Null for what cannot be read. */
export const decodeReply = (stored: Uint8Array): KeptReply | null => {
  const whole = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  if (whole.length < lengthBytes) return null;
  const end = lengthBytes + whole.readUInt32BE(0);
  try {
    const head = keptSchema.parse(JSON.parse(whole.toString('utf8', lengthBytes, end)));
    return { ...head, bytes: whole.subarray(end) };
  } catch {
    return null;
  }
};
