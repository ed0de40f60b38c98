import { type Readable, Transform } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../../domain/failure/failure.ts';
import { linesOf } from '../../domain/lines.ts';

export const lineType = 'application/x-ndjson';
const mebibyte = 1024 * 1024;
const bytesMax = 256 * mebibyte;

/** A body of lines that is read as it arrives. Reading fails where the caller leaves before its end. */
export class LineBody {
  readonly #body: Readable;
  constructor(body: Readable) {
    this.#body = body;
  }
  lines(): AsyncGenerator<readonly [place: number, line: string]> {
    let length = 0;
    const bounded = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        length += chunk.length;
        if (length <= bytesMax) done(null, chunk);
        else
          done(
            new Failure('payload-too-large', {
              public: `A body of lines may have ${bytesMax / mebibyte} MiB; send it in several requests.`,
              effect: 'never',
            }),
          );
      },
    });
    this.#body.once('error', (error) => bounded.destroy(error));
    this.#body.once('aborted', () => bounded.destroy(new Error('the caller left')));
    return linesOf(this.#body.pipe(bounded));
  }
}

/** Lets operations take lines. Call it after JSON has become the only accepted body. */
export const acceptLines = (app: FastifyInstance): void => {
  app.addContentTypeParser(lineType, async (request: FastifyRequest, payload: Readable) => {
    if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
      throw new Failure('unsupported-media-type', { public: 'A body must be sent without a Content-Encoding.' });
    return new LineBody(payload);
  });
};
