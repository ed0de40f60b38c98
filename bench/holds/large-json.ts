import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../src/domain/clock.ts';
import { takeTurns } from '../../src/domain/turns.ts';
import { parseInTurns } from '../../src/vendor/kit/json-in-turns.ts';
import { parseLosslessly } from '../../src/vendor/kit/lossless-json.ts';
import { jsonDepthMax, nestsTooDeep } from '../../src/vendor/upstream/depth.ts';
import type { Figure } from '../chaos/figure.ts';
import { watchLoop } from './loop-watch.ts';

/**
 * One body of JSON, parsed at once, in turns, and in a worker thread whose value comes back as a copy. Nothing else runs
 * in this process: no app, no store, no callers.
 */
const bodyOf = (bytes: number): Buffer => {
  const items: string[] = [];
  for (let length = 0, at = 0; length < bytes; at += 1) {
    const item = `{"kind":"elasticsearch","sku":"sku.${at % 4_000}","name":"Cloud Standard, data node of kind ${at % 4_000}","quantity":{"value":${at % 700}},"total_ecu":${at % 900}.${100_000_000 + at}}`;
    items.push(item);
    length += item.length + 1;
  }
  return Buffer.from(`{"instances":[{"id":"a","product_line_items":[${items.join(',')}]}]}`);
};

const measure = async (name: string, work: () => Promise<unknown>): Promise<{ ms: number; ownMs: number }> => {
  globalThis.gc?.();
  const watch = watchLoop();
  const began = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const ms = performance.now() - began;
  const { processorMs, ownMs, collectionMs } = await watch.end();
  process.stdout.write(
    `${name}: ${ms.toFixed(0)} ms, of the processor ${((user + system) / 1000).toFixed(0)} ms; longest block ${processorMs.toFixed(1)} ms of the processor, without collections ${ownMs.toFixed(1)} ms, longest collection ${collectionMs.toFixed(1)} ms\n`,
  );
  return { ms, ownMs };
};

export const largeJson = async (bytes: number): Promise<Figure[]> => {
  const body = bodyOf(bytes);
  const worker = new Worker(new URL('./json-worker.ts', import.meta.url));
  const inWorker = async () => {
    const copy = new Uint8Array(body);
    const answered = once(worker, 'message');
    worker.postMessage(copy, [copy.buffer]);
    await answered;
  };
  await inWorker();
  const megabytes = (body.length / 1e6).toFixed(0);
  await measure(`${megabytes} MB of JSON at once`, async () => {
    const text = new TextDecoder().decode(body);
    return nestsTooDeep(text) ? null : parseLosslessly(text);
  });
  await measure(`${megabytes} MB of JSON in a worker thread`, inWorker);
  const { ownMs } = await measure(`${megabytes} MB of JSON in turns`, () =>
    parseInTurns(body, jsonDepthMax, takeTurns(systemClock)),
  );
  await worker.terminate();
  return [{ name: 'longest block, JSON in turns (ms)', found: ownMs, most: 10, timing: true }];
};
