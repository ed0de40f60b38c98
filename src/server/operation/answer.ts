import { type Duplex, pipeline, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import { streamOfLines } from './line-stream.ts';
import type { OperationAnswer } from './operation.ts';

/** An answer that may also be finished bytes, such as a compressed body from a cache. */
export interface SendableAnswer extends OperationAnswer {
  readonly bytes?: Uint8Array;
  /** Sent as it comes. */
  readonly stream?: Readable;
  /** Set where it was kept by who made it: when it was made, by the wall clock, and for how long it is used. */
  readonly kept?: { readonly asOf: number; readonly freshMs: number };
  /** A transform for the lines, such as a compressor. */
  readonly through?: () => Duplex;
}

export interface PreparedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  readonly payload: Uint8Array | Readable | null;
}

const bodyOf = async (answer: SendableAnswer, head: boolean, clock: Clock) => {
  if (answer.bytes !== undefined) return { type: 'application/json; charset=utf-8', payload: answer.bytes };
  if (answer.stream !== undefined) {
    if (head) answer.stream.destroy();
    return { type: 'application/octet-stream', payload: head ? Readable.from([]) : answer.stream };
  }
  if (answer.text !== undefined) return { type: 'text/plain; charset=utf-8', payload: Buffer.from(answer.text) };
  if (answer.lines !== undefined) {
    // An empty stream, so that HEAD gives no length: it is unknown.
    const source = await streamOfLines(head ? [] : answer.lines, clock);
    // An error of either stream ends both and is emitted on the one that is sent.
    const payload = head || answer.through === undefined ? source : pipeline(source, answer.through(), () => {});
    return { type: 'application/x-ndjson; charset=utf-8', payload };
  }
  if (answer.json === undefined) return null;
  return { type: 'application/json; charset=utf-8', payload: Buffer.from(JSON.stringify(answer.json)) };
};

/** Does everything that can fail, while a problem can still be sent instead. */
export const prepareAnswer = async (
  answer: SendableAnswer,
  request: FastifyRequest,
  clock: Clock,
): Promise<PreparedAnswer> => {
  const body = await bodyOf(answer, request.method === 'HEAD', clock);
  return {
    status: answer.status ?? (body === null ? 204 : 200),
    headers: answer.headers ?? {},
    contentType: body === null ? null : (answer.contentType ?? body.type),
    payload: body?.payload ?? null,
  };
};

/** `onBroken` is called when a stream fails after the status was sent; the connection is then closed. */
export const sendAnswer = (
  reply: FastifyReply,
  { status, headers, contentType, payload }: PreparedAnswer,
  onBroken: (error: unknown) => void,
): FastifyReply => {
  reply.code(status).headers(headers);
  if (contentType !== null) reply.header('content-type', contentType);
  if (payload instanceof Readable) payload.once('error', onBroken);
  return payload === null ? reply.send() : reply.send(payload);
};
