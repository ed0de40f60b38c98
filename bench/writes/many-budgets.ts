import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { systemClock } from '../../src/domain/clock.ts';
import { openInsuredStore } from '../../src/store/insured.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { startApp } from '../../test/support/app.ts';
import { pinnedClock } from '../../test/support/pinned-clock.ts';
import { startRedisServer } from '../../test/support/redis-server.ts';
import { ToyVendor } from '../../test/support/toy-vendor.ts';
import { endpointOf } from '../../test/support/toy-vendors-app.ts';

/**
 * `node bench/writes/many-budgets.ts [--budgets 10000] [--writers 8] [--store sqlite|redis]`: creates budgets that the
 * gateway keeps over HTTP, then reads them as a list and each by its id. Exits with 1 if one is missing, or if the
 * reads of the store for one budget grow with their number.
 */
const { values } = parseArgs({
  options: {
    budgets: { type: 'string', default: '10000' },
    writers: { type: 'string', default: '8' },
    store: { type: 'string', default: 'sqlite' },
  },
});
const wanted = Number(values.budgets);
const writers = Number(values.writers);
const clock = pinnedClock();
const out = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Opened {
  readonly store: Store;
  readonly protecting: Store;
  readonly state: () => 'ok' | 'lost';
  close(): Promise<void>;
}

const openSqlite = (): Opened => {
  const directory = mkdtempSync(join(tmpdir(), 'budgets-'));
  const store = openSqliteStore(join(directory, 'store.sqlite'), clock);
  return {
    store,
    protecting: store,
    state: () => 'ok',
    close: async () => {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const openRedis = async (): Promise<Opened> => {
  const server = await startRedisServer();
  const store = openInsuredStore({
    clock,
    replicas: 1,
    open: (onState, onEmptied) => openRedisStore({ url: server.url, clock, onState, onEmptied }),
    onState: (state, why) => out(`the store is ${state}: ${why}`),
  });
  return {
    store,
    protecting: store.protecting,
    state: store.state,
    close: async () => {
      await store.close();
      await server.close();
    },
  };
};

/** Reads of the store: of any key, of budgets, and of lists of their keys. */
const reads = { all: 0, budgets: 0, lists: 0 };
const counted = (store: Store): Store => ({
  ...store,
  get: (key) => {
    reads.all += 1;
    if (key.startsWith('kept/')) reads.budgets += 1;
    return store.get(key);
  },
  keys: (prefix, limit, after) => {
    if (prefix.startsWith('kept/')) reads.lists += 1;
    return store.keys(prefix, limit, after);
  },
});

const createdSchema = z.object({ data: z.object({ id: z.string() }) });
const pageSchema = z.object({
  data: z.array(z.object({ id: z.string() })),
  page: z.object({ nextCursor: z.string().nullable() }),
  meta: z.object({ complete: z.boolean() }),
});

const opened = values.store === 'redis' ? await openRedis() : openSqlite();
const store = counted(opened.store);
const app = await startApp([], {
  clock,
  store,
  storeState: opened.state,
  protectingStore: opened.protecting === opened.store ? store : counted(opened.protecting),
  endpoints: [endpointOf(new ToyVendor(clock, { name: 'bare', currencies: ['USD'] }))],
});
const url = await app.server.listen({ port: 0, host: '127.0.0.1' });

const ids: string[] = [];
const refused: string[] = [];
/** The reads for each of these numbers of budgets, so that growth shows. */
const readsAfter: number[] = [];

/** Runs the work for every number below `count`, by all writers at once; resolves with its time in seconds. */
const together = async (count: number, work: (index: number) => Promise<void>): Promise<number> => {
  const begun = systemClock.monotonic();
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return (systemClock.monotonic() - begun) / 1_000;
};
const figures = (name: string, count: number, seconds: number): void => {
  const each = (total: number) => (total / count).toFixed(2);
  out(
    `${name}: ${count} in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(0)} a second; for each ${each(reads.budgets)} reads of a budget and ${each(reads.all)} of anything; ${reads.lists} lists of keys`,
  );
  Object.assign(reads, { all: 0, budgets: 0, lists: 0 });
};

let repeated = 0;
const create = async (index: number): Promise<void> => {
  const answer = await fetch(`${url}/v1/budgets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `budget-${index}` },
    body: JSON.stringify({
      connection: 'bare',
      name: `Budget ${index}`,
      period: 'monthly',
      limit: { amount: '100', currency: 'USD' },
      alerts: [],
      scope: {},
    }),
  });
  if (answer.status === 503 && repeated < wanted) {
    repeated += 1;
    await systemClock.sleep(500);
    return create(index);
  }
  if (answer.status === 201) ids.push(createdSchema.parse(await answer.json()).data.id);
  else refused.push(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
  if (ids.length % Math.ceil(wanted / 10) === 0) readsAfter.push(reads.budgets);
};
figures('created', wanted, await together(wanted, create));
out(
  `acknowledged ${ids.length}, different ids ${new Set(ids).size}, repeated after a 503 ${repeated}, refused ${refused.length} ${refused[0] ?? ''}`,
);
out(`reads of budgets after each tenth: ${readsAfter.join(' ')}`);

const listBegun = systemClock.monotonic();
const listed = new Set<string>();
let pages = 0;
let complete = true;
for (let cursor: string | null = ''; cursor !== null; ) {
  const answer: Response = await fetch(`${url}/v1/budgets?limit=1000${cursor === '' ? '' : `&cursor=${cursor}`}`, {
    headers: { 'cache-control': 'no-cache' },
  });
  if (answer.status !== 200) throw new Error(`the list: ${answer.status} ${await answer.text()}`);
  const page: z.output<typeof pageSchema> = pageSchema.parse(await answer.json());
  for (const { id } of page.data) listed.add(id);
  complete &&= page.meta.complete;
  pages += 1;
  cursor = page.page.nextCursor;
}
figures(`listed on ${pages} pages, complete ${complete}`, listed.size, (systemClock.monotonic() - listBegun) / 1_000);

let found = 0;
const find = async (index: number): Promise<void> => {
  const id = ids[index] ?? '';
  const answer = await fetch(`${url}/v1/budgets/${encodeURIComponent(id)}`);
  const { data } = createdSchema.parse(await answer.json());
  if (answer.status === 200 && data.id === id) found += 1;
};
const findSeconds = await together(ids.length, find);
const readsPerFind = reads.budgets / ids.length;
figures('found by id', found, findSeconds);

await app.close();
await opened.close();
const missing = ids.filter((id) => !listed.has(id)).length;
out(`missing from the list ${missing}, not found by id ${ids.length - found}`);
process.exitCode = ids.length === wanted && missing === 0 && found === wanted && complete && readsPerFind <= 2 ? 0 : 1;
