import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { asFailure, type Failure } from '../domain/failure/failure.ts';
import { heldBytes } from '../store/held-bytes.ts';
import type { MemoryBudget } from '../store/memory-budget.ts';
import { onceAcross } from '../store/single.ts';
import type { Store } from '../store/store.ts';
import type { Connection } from './connection.ts';
import type { Reading, Session } from './contract/contract.ts';
import { incompleteness, type Part, vendorAnswerLate } from './part.ts';
import { createWritten, type Written } from './written.ts';

/** Lists of vendors, cached: served while fresh, refreshed by one caller, served stale while the vendor fails. */
export interface ListCache {
  read<Item extends z.ZodType>(
    connection: Connection,
    request: CachedListRequest<Item>,
  ): Promise<Part<readonly z.output<Item>[]>>;
  /** Call it after a write, so that the next read fetches the list again. */
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

/** With `no-cache`, data that is younger than this is served from the cache all the same. */
export const noCacheMsMin = 10_000;
const refusalMs = 5_000;
const loadMsMax = 60_000;
/** A list that is lost from memory is read from the store again, or else asked of its vendor. */
const listLossWeight = 2;
/** Lists are used for longer while their vendor fails; then from the store. */
const listKeepMs = 24 * 3_600_000;

const storedListSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({
    asOf: z.number(),
    items: z.array(item),
    notes: z.array(z.object({ code: z.string(), message: z.string() })),
    faults: z.array(z.object({ path: z.string(), message: z.string() })),
  });

export const createListCache = (
  store: Store,
  clock: Clock,
  staleIfErrorMs: number,
  budget: MemoryBudget,
  written: Pick<Written, 'of'> = createWritten(store, clock),
): ListCache => {
  const memory = budget.shelf<object>({ keepMs: listKeepMs, lossWeight: listLossWeight });
  const loading = new Map<string, Promise<void>>();
  const refusals = new Map<string, { readonly failure: Failure; readonly until: number }>();
  const keyOf = async (connection: Connection, name: string): Promise<string> =>
    `reading/1/${connection.storageKey}/${await written.of(connection)}/${name}`;

  const fromStore = async (key: string): Promise<unknown> => {
    try {
      const bytes = await store.get(key);
      return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      return null;
    }
  };
  const stored = async (key: string): Promise<unknown> => memory.get(key) ?? fromStore(key);

  const fetchList = async <Item extends z.ZodType>(
    key: string,
    connection: Connection,
    request: CachedListRequest<Item>,
  ) => {
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

  /** One replica fetches; the others read its result from the store. */
  const load = async <Item extends z.ZodType>(
    key: string,
    connection: Connection,
    request: CachedListRequest<Item>,
  ) => {
    const schema = storedListSchema(request.item);
    const cachedAsOf = schema.safeParse(memory.get(key)).data?.asOf ?? 0;
    try {
      const list = await onceAcross<object>({
        store,
        clock,
        name: key,
        waitMsMax: loadMsMax,
        read: async () => {
          const fetched = schema.safeParse(await fromStore(key)).data;
          return fetched !== undefined && fetched.asOf > cachedAsOf && clock.now() - fetched.asOf <= request.maxAgeMs
            ? fetched
            : null;
        },
        work: () => fetchList(key, connection, request),
      });
      memory.set(key, list, { of: list, bytes: () => heldBytes(list), besideBytes: 0 });
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

  const waitUntil = (work: Promise<void>, deadline: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(deadline - clock.monotonic(), resolve);
      void work.then(resolve).finally(cancel);
    });

  return {
    read: async (connection, request) => {
      const key = await keyOf(connection, request.name);
      const schema = storedListSchema(request.item);
      const readStored = async () => {
        const parsed = schema.safeParse(await stored(key));
        return parsed.success ? parsed.data : null;
      };
      const work = () => load(key, connection, request);
      const before = await readStored();
      const age = before === null ? Number.POSITIVE_INFINITY : clock.now() - before.asOf;
      const forced = request.noCache && age > noCacheMsMin;
      if (age > request.maxAgeMs * 2 || forced) await waitUntil(refresh(key, work), request.deadline);
      else if (age > request.maxAgeMs) void refresh(key, work);
      const list = await readStored();
      const failure = refusals.get(key)?.failure ?? null;
      const staleMs = list === null ? 0 : clock.now() - list.asOf - request.maxAgeMs * 2;
      if (list === null || staleMs > staleIfErrorMs) throw failure ?? vendorAnswerLate();
      const stale = staleMs > 0;
      const partial = list.faults.length > 0;
      return {
        value: list.items,
        state: stale ? 'stale' : partial ? 'partial' : 'fresh',
        notes: list.notes,
        asOf: list.asOf,
        completeThrough: null,
        missing: [],
        failure: stale ? (failure ?? vendorAnswerLate()) : incompleteness(list.faults),
      };
    },
    forget: async (connection, name) => {
      const key = await keyOf(connection, name);
      memory.delete(key);
      await store.delete(key).catch(() => undefined);
    },
  };
};
