import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { cloudzero } from '../../providers/cloudzero/manifest.ts';
import { elastic } from '../../providers/elastic/manifest.ts';
import { operations } from '../../routes/index.ts';
import { buildApp } from '../../src/app/app.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { addMonths, daysBetween } from '../../src/domain/day.ts';
import { authenticator } from '../../src/server/identity/caller-auth.ts';
import { createMemoryStore } from '../../src/store/memory.ts';
import { silentLog } from '../../src/telemetry/log.ts';
import type { Figure } from '../chaos/figure.ts';
import type { Plan } from '../chaos/plan.ts';
import { largeJson } from './large-json.ts';
import { watchLoop } from './loop-watch.ts';

/**
 * The longest block of the event loop in work that grows with data, and how long the work takes. One process is the app
 * over real HTTP, another is the vendors; the store is memory, authentication is off and there is no shedder, because
 * what is measured is the work of one question.
 */
const vendorsSchema = z.object({ elastic: z.string(), cloudzero: z.string(), bytes: z.number(), rows: z.number() });

interface Heavy {
  readonly elasticBytes: number;
  readonly start: string;
  readonly days: number;
  readonly groups: number;
}

const withApp = async <Value>(
  heavy: Heavy,
  work: (
    ask: (path: string, accept?: string) => Promise<{ status: number; body: string }>,
    vendors: z.output<typeof vendorsSchema>,
  ) => Promise<Value>,
): Promise<Value> => {
  const file = new URL('./heavy-vendors.ts', import.meta.url).pathname;
  const child = fork(file, [JSON.stringify(heavy)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [message] = await once(child, 'message');
  const vendors = vendorsSchema.parse(message);
  const connected = [
    { id: 'cloudzero', opened: cloudzero.connect({ apiKey: 'bench', baseUrl: vendors.cloudzero }) },
    {
      id: 'elastic',
      opened: elastic.connect({ apiKey: 'bench', organizationId: 'bench', baseUrl: vendors.elastic }),
    },
  ];
  const app = await buildApp({
    endpoints: connected.map(({ id, opened }) => {
      if (!opened.ok) throw new TypeError('the settings do not fit');
      return { id, provider: id, title: id, sandbox: false, connector: opened.connector };
    }),
    operations,
    clock: systemClock,
    store: createMemoryStore(systemClock),
    log: silentLog,
    authenticate: authenticator({ mode: 'none' }),
    version: '0.0.0',
    requestDeadlineMs: 120_000,
    cacheBytesMax: 512_000_000,
    staleIfErrorMs: 86_400_000,
    exchangeRates: [],
  });
  const url = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const ask = async (path: string, accept = 'application/json') => {
    const answer = await fetch(`${url}${path}`, { headers: { accept } });
    return { status: answer.status, body: await answer.text() };
  };
  try {
    return await work(ask, vendors);
  } finally {
    await app.close();
    child.disconnect();
  }
};

/** On a quiet machine. */
const blockMsMax = 10;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const measure = async (name: string, work: () => Promise<{ status: number; body: string }>): Promise<Figure[]> => {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const watch = watchLoop();
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { status, body } = await work();
  const spent = process.cpuUsage(cpu);
  const tookMs = performance.now() - began;
  const { wallMs, processorMs, ownMs, collectionMs } = await watch.end();
  const workedMs = (spent.user + spent.system) / 1000;
  const figures = [
    `status ${status}, ${body.length} characters`,
    `${tookMs.toFixed(0)} ms, of the processor ${workedMs.toFixed(0)} ms`,
    `longest block ${wallMs.toFixed(1)} ms, of the processor ${processorMs.toFixed(1)} ms, without collections ${ownMs.toFixed(1)} ms`,
    `longest collection ${collectionMs.toFixed(1)} ms`,
  ];
  print(`${name}: ${figures.join('; ')}`);
  return [{ name: `longest block, ${name} (ms)`, found: ownMs, most: blockMsMax, timing: true }];
};

/** One run of every kind of work. */
export const slices = async ({ short }: Plan): Promise<Figure[]> => {
  const part = short ? 10 : 1;
  const figures: Figure[] = await largeJson(30_000_000 / part);
  const today = systemClock.today();
  const start = addMonths(today, -36);
  const days = daysBetween(start, today);

  await withApp(
    { elasticBytes: 30_000_000 / part, start: '2026-10-01', days: 31, groups: 3_226 / part },
    async (ask, vendors) => {
      print(`a body of ${(vendors.bytes / 1e6).toFixed(1)} MB, a fill of ${vendors.rows} rows`);
      const month = 'start=2026-10-01&end=2026-11-01';
      const total = `/v1/costs?${month}&granularity=total`;
      figures.push(...(await measure('one body of 30 MB', () => ask(`${total}&provider=elastic&groupBy=account`))));
      const fill = `${total}&provider=cloudzero&groupBy=account,service,region`;
      figures.push(...(await measure('a fill of 100,000 rows', () => ask(fill))));
    },
  );
  await withApp({ elasticBytes: 1_000, start, days, groups: Math.floor(180 / part) }, async (ask, vendors) => {
    print(`${vendors.rows} rows of five dimensions over three years`);
    const question = `/v1/costs?start=${start}&end=${today}&provider=cloudzero&groupBy=account,service,region,category,resource`;
    figures.push(...(await measure('five dimensions over three years', () => ask(question))));
    figures.push(...(await measure('the same by cost', () => ask(`${question}&sort=-cost`))));
    figures.push(...(await measure('the same as CSV', () => ask(`${question}&top=1000`, 'text/csv'))));
    figures.push(
      ...(await measure('the same charges as NDJSON', () =>
        ask(`/v1/charges?start=${start}&end=${today}&provider=cloudzero&limit=1000`, 'application/x-ndjson'),
      )),
    );
    figures.push(
      ...(await measure('the same forecast by account', () =>
        ask('/v1/costs/forecast?provider=cloudzero&groupBy=account,service,region'),
      )),
    );
  });
  return figures;
};
