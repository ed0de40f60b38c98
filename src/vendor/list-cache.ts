import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { asFailure, Failure } from '../domain/failure/failure.ts';
import { onceAcross } from '../store/single.ts';
import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import type { Reading, Session } from './contract/contract.ts';
import { incompleteness, type Part } from './part.ts';

/** Lists of vendors, kept: served while they are fresh, refreshed by one caller, served stale when the vendor fails. */
export interface ListCache {
  read<Item extends z.ZodType>(
    connection: Connection,
    request: CachedListRequest<Item>,
  ): Promise<Part<readonly z.output<Item>[]>>;
  /** Own writes are seen by the next read. */
  forget(connection: Connection, name: string): Promise<void>;
}

export interface CachedListRequest<Item extends z.ZodType> {
  /** Names the list and everything that decides what is in it. */
  readonly name: string;
  readonly item: Item;
  readonly maxAgeMs: number;
  readonly noCache: boolean;
  readonly deadline: number;
  readonly load: (session: Session) => Promise<Reading<z.output<Item>>>;
}

const noCacheMsMin = 10_000;
const refusalMs = 5_000;
const loadMsMax = 60_000;
/** A list may be asked for by range, so that callers decide how many there are. */
const listsMax = 2_000;

const storedListSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    asOf: z.number(),
    items: z.array(item),
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
  });

export const createListCache = (store: Store, clock: Clock, staleIfErrorMs: number): ListCache => {
  const memory = new LRUCache<string, object>({ max: listsMax });
  const loading = new Map<string, Promise<void>>();
  const refusals = new Map<string, { readonly failure: Failure; readonly until: number }>();
  const keyOf = (connection: Connection, name: string) => `reading/1/${connection.storageKey}/${name}`;

  const fromStore = async (key: string): Promise<unknown> => {
    try {
      const bytes = await store.get(key);
      return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      return null;
    }
  };
  const stored = async (key: string): Promise<unknown> => memory.get(key) ?? fromStore(key);

  const buy = async <Item extends z.ZodType>(key: string, connection: Connection, request: CachedListRequest<Item>) => {
    const asOf = clock.now();
    const session = connection.session({ purpose: 'dashboard', deadline: clock.monotonic() + loadMsMax });
    const { items, notes, faults } = await request.load(session);
    const list = { asOf, items, notes, faults };
    const before = storedListSchema(request.item).safeParse(await stored(key));
    const failure = before.success && before.data.faults.length === 0 ? incompleteness(faults) : null;
    if (failure !== null) throw failure;
    await store
      .set(key, Buffer.from(JSON.stringify(list)), { expiresInMs: request.maxAgeMs + staleIfErrorMs })
      .catch(() => undefined);
    return list;
  };

  /** Once over all replicas: the others find in the store what one of them has read. */
  const load = async <Item extends z.ZodType>(
    key: string,
    connection: Connection,
    request: CachedListRequest<Item>,
  ) => {
    const schema = storedListSchema(request.item);
    const known = schema.safeParse(memory.get(key)).data?.asOf ?? 0;
    try {
      const list = await onceAcross<object>({
        store,
        clock,
        name: key,
        patienceMs: loadMsMax,
        read: async () => {
          const kept = schema.safeParse(await fromStore(key)).data;
          return kept !== undefined && kept.asOf > known && clock.now() - kept.asOf <= request.maxAgeMs ? kept : null;
        },
        work: () => buy(key, connection, request),
      });
      memory.set(key, list);
      refusals.delete(key);
    } catch (thrown) {
      refusals.set(key, { failure: asFailure(thrown), until: clock.monotonic() + refusalMs });
    }
  };

  const refresh = (key: string, work: () => Promise<void>): Promise<void> => {
    const refusal = refusals.get(key);
    if (refusal !== undefined && refusal.until > clock.monotonic()) return Promise.resolve();
    const running = loading.get(key) ?? work().finally(() => loading.delete(key));
    loading.set(key, running);
    return running;
  };

  const within = (work: Promise<void>, deadline: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(deadline - clock.monotonic(), resolve);
      void work.then(resolve).finally(cancel);
    });

  return {
    read: async (connection, request) => {
      const key = keyOf(connection, request.name);
      const schema = storedListSchema(request.item);
      const look = async () => {
        const parsed = schema.safeParse(await stored(key));
        return parsed.success ? parsed.data : null;
      };
      const work = () => load(key, connection, request);
      const before = await look();
      const age = before === null ? Number.POSITIVE_INFINITY : clock.now() - before.asOf;
      const forced = request.noCache && age > noCacheMsMin;
      if (age > request.maxAgeMs * 2 || forced) await within(refresh(key, work), request.deadline);
      else if (age > request.maxAgeMs) void refresh(key, work);
      const list = await look();
      const failure = refusals.get(key)?.failure ?? null;
      const staleMs = list === null ? 0 : clock.now() - list.asOf - request.maxAgeMs * 2;
      if (list === null || staleMs > staleIfErrorMs) throw failure ?? tooLate();
      const behind = staleMs > 0;
      const partial = list.faults.length > 0;
      return {
        value: list.items,
        state: behind ? 'stale' : partial ? 'partial' : 'fresh',
        notes: list.notes,
        asOf: list.asOf,
        completeThrough: null,
        missing: [],
        failure: behind ? (failure ?? tooLate()) : incompleteness(list.faults),
      };
    },
    forget: async (connection, name) => {
      memory.delete(keyOf(connection, name));
      await store.delete(keyOf(connection, name)).catch(() => undefined);
    },
  };
};

const tooLate = (): Failure =>
  new Failure('deadline-exceeded', {
    public:
      'The vendor had not answered when the deadline of this request was reached; its answer will be kept for the next one.',
  });
