import { fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { cloudzero } from '../../providers/cloudzero/manifest.ts';
import { startLongResult } from '../../providers/cloudzero/sandbox/long-result.ts';
import { operations } from '../../routes/index.ts';
import { buildApp } from '../../src/app/app.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { silentLog } from '../../src/telemetry/log.ts';

/**
 * A result of CloudZero over many full pages: fetched over HTTP with one paid query, saved page by page, stored and
 * grouped. The vendor runs in a process of its own, so that the memory is the gateway's alone.
 */
const pages = Number(process.env.BENCH_PAGES ?? 250);
const rowsPerPage = 10_000;
const range = { start: '2026-09-01', end: '2026-11-01' };
const days = 61;
const rowsPerDay = Math.ceil((pages * rowsPerPage) / days);

const isVendor = process.argv.includes('--vendor');
if (isVendor) {
  const vendor = await startLongResult({ clock: systemClock, variant: 'live', rowsPerDay, rowsPerPage });
  process.on('message', () => {
    process.send?.({
      calls: vendor.calls.length,
      paid: vendor.calls.filter(({ path, query }) => path.endsWith('/costs') && !query.includes('cursor=')).length,
    });
  });
  process.send?.(vendor.settings);
} else await measure();

async function measure(): Promise<void> {
  const vendor = fork(new URL(import.meta.url), ['--vendor'], { env: process.env });
  const next = (): Promise<Record<string, unknown>> =>
    new Promise((resolve) => vendor.once('message', (message) => resolve(Object(message))));
  const connected = cloudzero.connect(await next());
  if (!connected.ok) throw new TypeError('the settings do not fit');
  const print = (line: string): void => void process.stdout.write(`${line}\n`);

  const app = await buildApp({
    endpoints: [
      { id: 'cloudzero', provider: 'cloudzero', title: 'CloudZero', sandbox: false, connector: connected.connector },
    ],
    operations,
    clock: systemClock,
    store: createMemoryStore(systemClock),
    log: silentLog,
    authenticate: authenticator({ mode: 'none' }),
    version: '0.0.0',
    requestDeadlineMs: 1_800_000,
    cacheBytesMax: 256_000_000,
    staleIfErrorMs: 86_400_000,
    exchangeRates: [],
  });

  globalThis.gc?.();
  const rssBefore = process.memoryUsage().rss;
  let rssPeak = rssBefore;
  let blockLongest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    blockLongest = Math.max(blockLongest, now - last - 20);
    last = now;
    rssPeak = Math.max(rssPeak, process.memoryUsage().rss);
  }, 20);

  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const url = `/v1/costs?start=${range.start}&end=${range.end}&granularity=total&groupBy=account`;
  const answer = await app.server.inject({ method: 'GET', url });
  const seconds = (performance.now() - began) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(watch);
  const body = Object(JSON.parse(answer.body));
  vendor.send('figures');
  const figures = await next();
  print(`${rowsPerDay * days} rows in ${Math.ceil((rowsPerDay * days) / rowsPerPage)} pages of up to ${rowsPerPage}`);
  print(`status ${answer.statusCode}, complete ${body.meta?.complete}, rows of the answer ${body.data?.length}`);
  print(`paid queries ${figures.paid}, vendor calls ${figures.calls}`);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  print(`time ${seconds.toFixed(1)} s, of the processor ${cpuSeconds.toFixed(1)} s`);
  print(
    `memory at the peak ${(rssPeak / 1e6).toFixed(0)} MB, ${((rssPeak - rssBefore) / 1e6).toFixed(0)} MB above the start; longest block ${blockLongest.toFixed(0)} ms`,
  );
  if (answer.statusCode !== 200 || body.meta?.complete !== true) print(answer.body.slice(0, 600));
  await app.close();
  vendor.kill();
  process.exit(0);
}
