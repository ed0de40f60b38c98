import { Readable } from 'node:stream';
import type { Clock } from '../../domain/clock.ts';
import { takeTurns } from '../../domain/turns.ts';

/** A batch is sent when it reaches this length or this age. */
const batchCharacters = 32 * 1024;
const batchAgeMs = 100;

async function* batches(lines: Iterable<string> | AsyncIterable<string>, clock: Clock): AsyncGenerator<string> {
  if (Symbol.iterator in lines) {
    let batch = '';
    const turns = takeTurns(clock);
    for (const line of lines) {
      if (turns.due()) await turns.next();
      batch += line;
      if (batch.length < batchCharacters) continue;
      yield batch;
      batch = '';
    }
    if (batch !== '') yield batch;
    return;
  }
  const iterator = lines[Symbol.asyncIterator]();
  let cancel = () => {};
  const pull = () => {
    const result = iterator.next();
    // It may reject before it is awaited; this avoids an unhandled rejection. The await still throws.
    result.catch(() => {});
    return result;
  };
  try {
    let next = pull();
    for (let done = false; !done; ) {
      const first = await next;
      if (first.done === true) return;
      let batch = first.value;
      const old = new Promise<null>((resolve) => {
        cancel = clock.after(batchAgeMs, () => resolve(null));
      });
      next = pull();
      while (batch.length < batchCharacters) {
        const result = await Promise.race([next, old]);
        if (result === null) break;
        if (result.done === true) {
          done = true;
          break;
        }
        batch += result.value;
        next = pull();
      }
      cancel();
      yield batch;
    }
  } finally {
    cancel();
    await iterator.return?.();
  }
}

/**
 * Lines as a byte stream with backpressure. Resolves once there is something to send: a failure before that can still
 * be answered as a problem. A later failure ends the stream with an error.
 */
export const streamOfLines = async (
  lines: Iterable<string> | AsyncIterable<string>,
  clock: Clock,
): Promise<Readable> => {
  const source = batches(lines, clock);
  const first = await source.next();
  const rest = async function* () {
    try {
      if (first.done === true) return;
      yield first.value;
      yield* source;
    } finally {
      await source.return(undefined);
    }
  };
  return Readable.from(rest(), { objectMode: false });
};
