import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Consumer, consumerView } from '../../domain/consumer.ts';
import { Failure, invalid } from '../../domain/failure/failure.ts';
import { heldBytes } from '../../store/held-bytes.ts';
import type { MemoryBudget } from '../../store/memory-budget.ts';

/** A complete answer. All pages of a list come from the same snapshot. */
export interface Snapshot<Item> {
  readonly items: readonly Item[];
  /** Further fields of every page, besides `data` and `page`. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface PageRequest<Item> {
  /** The operation of the cursors: a cursor of one is not valid for another. */
  readonly operation: string;
  /** The canonical question; null when only a cursor was given. */
  readonly question: string | null;
  readonly consumer: Consumer;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly build: () => Promise<Snapshot<Item>>;
}

export interface PagedAnswer<Item = unknown> {
  readonly data: readonly Item[];
  readonly page: { readonly limit: number; readonly nextCursor: string | null };
  readonly [beside: string]: unknown;
}

/** Pages of one type of item. */
export interface Pager<Item = unknown> {
  page(request: PageRequest<Item>): Promise<PagedAnswer<Item>>;
}

interface StoredSnapshot<Item> extends Snapshot<Item> {
  readonly question: string;
}

const cursorSchema = z.tuple([z.string(), z.string(), z.int().min(1), z.string(), z.string()]);
const itemsHashedAtOnce = 100;
const snapshotKeepMs = 15 * 60_000;
/** A lost snapshot is a 410 for its consumer; lost rows are only made again. */
const snapshotLossWeight = 4;

const invalidCursor = () =>
  invalid(
    'query.cursor',
    'is not a cursor of this request; send nextCursor unchanged, alone or with the same parameters, or leave it out',
  );

const expired = (why: string) => new Failure('cursor-expired', { public: `${why} Ask again without a cursor.` });

const viewOf = (consumer: Consumer): string =>
  createHash('sha256').update(consumerView(consumer)).digest('base64url').slice(0, 22);

/**
 * Cursors are signed. A forged or altered cursor, or one of another consumer, is a 400. One whose snapshot is gone is a
 * 410, and so is one whose consumer may see more or less by now than when the snapshot was made.
 */
export const createPager = <Item>(secret: Uint8Array, budget: MemoryBudget): Pager<Item> => {
  const snapshots = budget.shelf<StoredSnapshot<Item>>({ keepMs: snapshotKeepMs, lossWeight: snapshotLossWeight });
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest().subarray(0, 16);

  const makeCursor = (id: string, offset: number, { operation, consumer }: PageRequest<Item>): string => {
    const text = JSON.stringify([operation, id, offset, consumer.name, viewOf(consumer)]);
    return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`;
  };

  const readCursor = (cursor: string, request: PageRequest<Item>) => {
    const [body = '', signature = '', ...more] = cursor.split('.');
    const text = Buffer.from(body, 'base64url').toString('utf8');
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(text);
    if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw invalidCursor();
    const parsed = cursorSchema.safeParse(JSON.parse(text));
    if (!parsed.success) throw invalidCursor();
    const [operation, id, offset, consumer, view] = parsed.data;
    if (operation !== request.operation || consumer !== request.consumer.name) throw invalidCursor();
    if (view !== viewOf(request.consumer)) throw expired('The consumer of this cursor has other permissions by now.');
    const snapshot = snapshots.get(id);
    if (snapshot === undefined) throw expired('The answer that this cursor belongs to has expired.');
    if (request.question !== null && request.question !== snapshot.question) throw invalidCursor();
    return { id, offset, snapshot };
  };

  /** Equal questions over equal data get the same id, so that their cursors are equal too. */
  const idOf = (question: string, { rest, items }: Snapshot<Item>): string => {
    const hash = createHash('sha256').update(JSON.stringify([question, rest, items.length]));
    // In parts: the text of a long list is large, and would stay in memory until the next full collection.
    for (let at = 0; at < items.length; at += itemsHashedAtOnce)
      hash.update(JSON.stringify(items.slice(at, at + itemsHashedAtOnce)));
    return hash.digest('base64url').slice(0, 22);
  };

  const cut = (id: string, snapshot: Snapshot<Item>, offset: number, request: PageRequest<Item>): PagedAnswer<Item> => {
    const end = offset + request.limit;
    const nextCursor = end < snapshot.items.length ? makeCursor(id, end, request) : null;
    return { data: snapshot.items.slice(offset, end), page: { limit: request.limit, nextCursor }, ...snapshot.rest };
  };

  /** A first page whose cursor could never be used would be a cut answer. */
  const keep = (id: string, snapshot: StoredSnapshot<Item>): void => {
    const { items, rest, question } = snapshot;
    const besideBytes = heldBytes(rest) + heldBytes(question);
    if (snapshots.set(id, snapshot, { of: items, bytes: () => heldBytes(items), besideBytes })) return;
    throw new Failure('invalid-request', {
      public: `The answer has ${items.length} items, which is more than the gateway can keep for its further pages.`,
      errors: [{ path: 'query.limit', message: 'makes pages of too long a list; filter, or group by less' }],
    });
  };

  return {
    page: async (request) => {
      if (request.cursor !== undefined) {
        const { id, offset, snapshot } = readCursor(request.cursor, request);
        return cut(id, snapshot, offset, request);
      }
      const question = request.question ?? '';
      const snapshot = await request.build();
      // An answer of one page needs no id.
      const id = snapshot.items.length > request.limit ? idOf(question, snapshot) : '';
      if (id !== '') keep(id, { ...snapshot, question });
      return cut(id, snapshot, 0, request);
    },
  };
};
