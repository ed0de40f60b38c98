import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Failure, invalid } from '../domain/failure/failure.ts';

/** A whole answer, of which pages are served: all of them are parts of the same one. */
export interface Snapshot<Item> {
  readonly items: readonly Item[];
  /** What stands beside `data` and `page` on every page. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface PageRequest<Item> {
  /** Whose cursors these are: one list's are none of another's. */
  readonly operation: string;
  /** The canonical question; null when nothing but a cursor was given. */
  readonly question: string | null;
  readonly consumer: string;
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

interface Kept<Item> extends Snapshot<Item> {
  readonly question: string;
}

const cursorSchema = z.tuple([z.string(), z.string(), z.int().min(1), z.string()]);
/** Items, not bytes: an item is some hundred bytes. */
const itemsMax = 1_000_000;
const keepMs = 15 * 60_000;

const foreign = () =>
  invalid(
    'query.cursor',
    'is no cursor that was given to you for this question; take nextCursor as it came, or leave it out',
  );

/** Cursors are signed: one that was made up, altered, or given to another consumer is a 400; one whose answer is gone a 410. */
export const createPager = <Item>(secret: Uint8Array): Pager<Item> => {
  const kept = new LRUCache<string, Kept<Item>>({
    maxSize: itemsMax,
    sizeCalculation: (snapshot) => snapshot.items.length + 1,
    ttl: keepMs,
  });
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest().subarray(0, 16);

  const makeCursor = (id: string, offset: number, { operation, consumer }: PageRequest<Item>): string => {
    const text = JSON.stringify([operation, id, offset, consumer]);
    return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`;
  };

  const readCursor = (cursor: string, request: PageRequest<Item>) => {
    const [body = '', signature = '', ...more] = cursor.split('.');
    const text = Buffer.from(body, 'base64url').toString('utf8');
    const given = Buffer.from(signature, 'base64url');
    const due = sign(text);
    if (more.length > 0 || given.length !== due.length || !timingSafeEqual(given, due)) throw foreign();
    const parsed = cursorSchema.safeParse(JSON.parse(text));
    if (!parsed.success) throw foreign();
    const [operation, id, offset, consumer] = parsed.data;
    if (operation !== request.operation || consumer !== request.consumer) throw foreign();
    const snapshot = kept.get(id);
    if (snapshot === undefined) {
      throw new Failure('cursor-expired', {
        public: 'The answer that this cursor is a page of is no longer kept. Ask again without a cursor.',
      });
    }
    if (request.question !== null && request.question !== snapshot.question) throw foreign();
    return { id, offset, snapshot };
  };

  /** The same question over the same data is the same answer, so that its cursors stay the same as well. */
  const idOf = (question: string, snapshot: Snapshot<Item>): string =>
    createHash('sha256')
      .update(JSON.stringify([question, snapshot.rest, snapshot.items]))
      .digest('base64url')
      .slice(0, 22);

  const cut = (id: string, snapshot: Snapshot<Item>, offset: number, request: PageRequest<Item>): PagedAnswer<Item> => {
    const end = offset + request.limit;
    const nextCursor = end < snapshot.items.length ? makeCursor(id, end, request) : null;
    return { data: snapshot.items.slice(offset, end), page: { limit: request.limit, nextCursor }, ...snapshot.rest };
  };

  return {
    page: async (request) => {
      if (request.cursor !== undefined) {
        const { id, offset, snapshot } = readCursor(request.cursor, request);
        return cut(id, snapshot, offset, request);
      }
      const question = request.question ?? '';
      const snapshot = await request.build();
      // An answer of one page needs no name.
      const id = snapshot.items.length > request.limit ? idOf(question, snapshot) : '';
      if (id !== '') kept.set(id, { ...snapshot, question });
      return cut(id, snapshot, 0, request);
    },
  };
};
