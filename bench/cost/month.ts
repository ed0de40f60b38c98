import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { cloudzero } from '../../providers/cloudzero/manifest.ts';
import { operations } from '../../routes/index.ts';
import { buildApp } from '../../src/app/app.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import { draw } from '../../src/vendor/sandbox/world.ts';

/**
 * One month of many rows: fetched over HTTP in pages, stored, and grouped by two dimensions. Compared with a plain
 * `JSON.parse` of the same payload, which is neither exact nor grouped.
 */
const rowsWanted = Number(process.env.BENCH_ROWS ?? 100_000);
const pageRows = 10_000;
const days = 31;

const pages: string[] = [];
for (let made = 0; made < rowsWanted; ) {
  const rows: string[] = [];
  for (; rows.length < pageRows && made < rowsWanted; made += 1) {
    const day = String((made % days) + 1).padStart(2, '0');
    const leaf = Math.floor(made / days);
    const digits = `${Math.floor(draw('amount', made) * 900) + 100}.${String(Math.floor(draw('fraction', made) * 1e9)).padStart(9, '0')}${leaf % 2 === 0 ? '' : '123456789'}`;
    rows.push(
      `{"usage_date":"2026-10-${day}T00:00:00+00:00","cost":${digits},"Account":"${100_000_000_000 + (leaf % 40)}","Service":"Service${leaf % 90}","Region":"region-${Math.floor(leaf / 90)}"}`,
    );
  }
  pages.push(rows.join(','));
}
const bodyOf = (page: number): string => {
  const more = page + 1 < pages.length;
  return `{"costs":[${pages[page]}],"pagination":{"page_count":${pages.length},"item_count":${pageRows},"total_count":${rowsWanted},"cursor":{"next_cursor":${more ? `"page-${page + 1}"` : 'null'},"previous_cursor":null,"has_next":${more},"has_previous":${page > 0}}}}`;
};
const bodies = pages.map((_, page) => bodyOf(page));
const payload = bodies.reduce((sum, body) => sum + body.length, 0);

const vendor = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  response.setHeader('content-type', 'application/json');
  if (url.pathname.endsWith('/dimensions')) {
    response.end(
      '{"dimensions":[{"id":"Account","name":"Account"},{"id":"Service","name":"Service"},{"id":"Region","name":"Region"}]}',
    );
    return;
  }
  response.end(bodies[Number((url.searchParams.get('cursor') ?? 'page-0').slice('page-'.length))]);
});
await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
const address: AddressInfo | string | null = vendor.address();
if (address === null || typeof address === 'string') throw new TypeError('no port');
const connected = cloudzero.connect({ apiKey: 'bench', baseUrl: `http://127.0.0.1:${address.port}` });
if (!connected.ok) throw new TypeError('the settings do not fit');

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
  requestDeadlineMs: 60_000,
  cacheBytesMax: 512_000_000,
  staleIfErrorMs: 86_400_000,
  exchangeRates: [],
});

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const timed = async <Value>(name: string, work: () => Promise<Value> | Value): Promise<Value> => {
  const began = performance.now();
  const value = await work();
  print(`${name}: ${(performance.now() - began).toFixed(0)} ms`);
  return value;
};

globalThis.gc?.();
const rssBefore = process.memoryUsage().rss;
let rssPeak = rssBefore;
let blockLongest = 0;
let last = performance.now();
const watch = setInterval(() => {
  const now = performance.now();
  blockLongest = Math.max(blockLongest, now - last - 5);
  last = now;
  rssPeak = Math.max(rssPeak, process.memoryUsage().rss);
}, 5);

const range = 'start=2026-10-01&end=2026-11-01&granularity=total&limit=1000';
const ask = (groupBy: string) => app.server.inject({ method: 'GET', url: `/v1/costs?${range}&groupBy=${groupBy}` });
print(`${rowsWanted} rows, ${(payload / 1e6).toFixed(1)} MB of JSON in ${pages.length} pages`);
const parse = await timed('JSON.parse of the payload alone', () => bodies.map((body) => JSON.parse(body)).length);
const first = await timed('filled and grouped by account and service', () => ask('account,service'));
await timed('grouped by service and region, from what is held', () => ask('service,region'));
await timed('grouped by account, from what is held', () => ask('account'));
clearInterval(watch);
print(
  `memory above the start at its peak ${((rssPeak - rssBefore) / 1e6).toFixed(0)} MB, longest block ${blockLongest.toFixed(0)} ms`,
);
print(`status ${first.statusCode}, rows ${JSON.parse(first.body).data.length}, pages parsed ${parse}`);
await app.close();
vendor.close();
process.exit(0);
