import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLongResult } from '../../providers/cloudzero/sandbox/long-result.ts';
import { systemClock } from '../../src/domain/clock.ts';

/**
 * Memory of the gateway as it is started, in a process of its own: 60 different questions with limit=1 over large
 * answers. Tells how much memory the process takes, and how far what it accounts for is from what its heap grew by.
 */
const rowsPerDay = Number(process.env.BENCH_ROWS_PER_DAY ?? 2_000);
const questionCount = Number(process.env.BENCH_QUESTIONS ?? 60);
const months = ['2026-09', '2026-10'] as const;

interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

const isGateway = process.argv.includes('--gateway');
if (isGateway) {
  process.on('message', (wish) => {
    if (wish === 'collected') globalThis.gc?.();
    process.send?.(process.memoryUsage());
  });
  await import('../../src/main.ts');
} else await measure();

async function measure(): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  const vendor = await startLongResult({ clock: systemClock, variant: 'live', rowsPerDay, rowsPerPage: 10_000 });
  const directory = await mkdtemp(join(tmpdir(), 'cost-gateway-'));
  const gateway = fork(fileURLToPath(import.meta.url), ['--gateway'], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      DATA_DIR: directory,
      SANDBOX: 'off',
      AUTH: 'none',
      REQUEST_DEADLINE: '5m',
      RATE_LIMIT_MAX: '1000000',
      BACKFILL_MONTHS: '0',
      CLOUDZERO_API_KEY: String(vendor.settings.apiKey),
      CLOUDZERO_BASE_URL: vendor.url,
      CACHE_MAX_BYTES: process.env.CACHE_MAX_BYTES ?? '256MB',
    },
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    gateway.stdout?.on('data', (chunk) => {
      output += String(chunk);
      const found = /answers on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    gateway.once('exit', () => reject(new Error(`the gateway did not start: ${output}`)));
  });

  /** As it is, or after a collection of garbage. */
  const memory = async (wish: 'as-is' | 'collected'): Promise<Memory> => {
    gateway.send(wish);
    const [{ rss, heapUsed }] = await once(gateway, 'message');
    return { rss, heapUsed };
  };
  const accounted = async (): Promise<Map<string, number>> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return new Map(
      [...text.matchAll(/^cost_gateway_cache_bytes(_max)?\{cache="(\w+)"\} (\d+)$/gm)].map(
        ([, max = '', name, bytes]) => [`${name}${max}`, Number(bytes)],
      ),
    );
  };
  const ask = async (query: string): Promise<string | null> => {
    const answer = await fetch(`${url}/v1/costs?${query}`);
    const body = Object(await answer.json());
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
    return body.page.nextCursor;
  };

  const [first, last] = months;
  const started = await memory('collected');
  await ask(`start=${first}-01&end=2026-11-01&granularity=total&groupBy=account,service,region&limit=1`);
  const filled = await memory('collected');
  const filledBytes = await accounted();
  print(`${rowsPerDay * 61} rows of the vendor, CACHE_MAX_BYTES ${process.env.CACHE_MAX_BYTES ?? '256MB'}`);
  print(`after the start: RSS ${megabytes(started.rss)}, heap ${megabytes(started.heapUsed)}`);
  print(`after the first question: RSS ${megabytes(filled.rss)}, heap ${megabytes(filled.heapUsed)}`);

  let rssMost = 0;
  let keptMost = 0;
  const cursors: (string | null)[] = [];
  for (let index = 0; index < questionCount; index += 1) {
    const month = index % 2 === 0 ? first : last;
    const day = String(1 + (Math.floor(index / 2) % 10)).padStart(2, '0');
    const sort = ['start', 'cost', '-cost'][Math.floor(index / 20) % 3];
    cursors.push(
      await ask(
        `start=${month}-${day}&end=${month}-${Number(day) + 10}&groupBy=account,service,region&sort=${sort}&limit=1`,
      ),
    );
    const bytes = await accounted();
    keptMost = Math.max(keptMost, bytes.get('kept') ?? 0);
    rssMost = Math.max(rssMost, (await memory('as-is')).rss);
    if (index === 3) {
      const few = await memory('collected');
      const grown = few.heapUsed - filled.heapUsed;
      const keptGrown = (bytes.get('kept') ?? 0) - (filledBytes.get('kept') ?? 0);
      print(
        `4 questions of ${rowsPerDay * 10} rows: heap grew by ${megabytes(grown)}, accounted ${megabytes(keptGrown)}, which is ${((keptGrown / grown - 1) * 100).toFixed(0)} % off; ${(grown / (4 * rowsPerDay * 10)).toFixed(0)} bytes a row`,
      );
    }
  }
  const after = await memory('as-is');
  const collected = await memory('collected');
  const afterBytes = await accounted();
  await systemClock.sleep(15_000);
  const rested = await memory('as-is');
  const statuses = await Promise.all(
    cursors.map(async (cursor) => (await fetch(`${url}/v1/costs?cursor=${cursor}&limit=1`)).status),
  );
  print(
    `after ${questionCount} questions with limit=1: RSS ${megabytes(after.rss)}; after a collection RSS ${megabytes(collected.rss)}, heap ${megabytes(collected.heapUsed)}`,
  );
  print(`15 seconds later: RSS ${megabytes(rested.rss)}`);
  print(`RSS at its most ${megabytes(rssMost)}`);
  for (const name of ['segments', 'kept', 'answers'])
    print(`${name}: ${megabytes(afterBytes.get(name) ?? 0)} of ${megabytes(afterBytes.get(`${name}_max`) ?? 0)}`);
  print(`kept at its most: ${megabytes(keptMost)}`);
  print(`cursors that still work ${statuses.filter((status) => status === 200).length} of ${questionCount}`);

  gateway.removeAllListeners('exit');
  gateway.kill('SIGKILL');
  await once(gateway, 'exit');
  await vendor.close();
  await rm(directory, { recursive: true, force: true });
  process.exit(0);
}
