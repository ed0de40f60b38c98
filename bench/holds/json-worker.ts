import { isMainThread, parentPort } from 'node:worker_threads';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';

/** Parses what it is sent and sends the value back. The bytes are handed over, the value is copied. */
if (!isMainThread) {
  parentPort?.on('message', (bytes: Uint8Array) => {
    parentPort?.postMessage(parseLosslessly(Buffer.from(bytes).toString('utf8')));
  });
}
