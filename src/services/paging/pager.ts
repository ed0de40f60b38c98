import { z } from 'zod';
import type { Consumer } from '../../domain/consumer.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { heldBytes } from '../../store/held-bytes.ts';
import type { MemoryBudget } from '../../store/memory-budget.ts';
import { createCursors, expiredCursor, invalidCursor } from './cursor.ts';
import type { KeptSnapshots } from './kept-snapshots.ts';
import { digestOf, type Snapshot, snapshotId } from './snapshot.ts';

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

export interface PagerOptions {
  readonly secret: Uint8Array;
  readonly memory: MemoryBudget;
  /** Null where the store holds no more than the memory of this process. */
  readonly kept: KeptSnapshots | null;
}

interface StoredSnapshot<Item> extends Snapshot<Item> {
  readonly question: string;
}

/** A piece of a snapshot. */
interface Piece<Item> {
  readonly data: readonly Item[];
  readonly length: number;
  readonly rest: Snapshot<Item>['rest'];
}

const snapshotKeepMs = 15 * 60_000;
/** A lost snapshot is a 410 for its consumer; lost rows are only made again. */
const snapshotLossWeight = 4;

const tooLong = (length: number): Failure =>
  new Failure('invalid-request', {
    public: `The answer has ${length} items, which is more than the gateway can keep for its further pages.`,
    errors: [{ path: 'query.limit', message: 'makes pages of too long a list; filter, or group by less' }],
  });

/** Further pages come from the memory of this process, or else from the store, where every replica finds them. */
export const createPager = <Item>({ secret, memory, kept }: PagerOptions): Pager<Item> => {
  const snapshots = memory.shelf<StoredSnapshot<Item>>({ keepMs: snapshotKeepMs, lossWeight: snapshotLossWeight });
  const cursors = createCursors(secret);
  /** Only gateways write them, so they are read as they stand. */
  const itemsSchema = z.array(z.custom<Item>());

  const answer = (id: string, offset: number, request: PageRequest<Item>, piece: Piece<Item>): PagedAnswer<Item> => {
    const { data, length, rest } = piece;
    const end = offset + request.limit;
    const nextCursor = end < length ? cursors.write({ id, offset: end }, request) : null;
    return { data, page: { limit: request.limit, nextCursor }, ...rest };
  };

  const expired = () => expiredCursor('The answer that this cursor belongs to has expired.');
  const requireQuestion = (question: string, request: PageRequest<Item>): void => {
    if (request.question !== null && request.question !== question) throw invalidCursor();
  };
  const fromMemory = (offset: number, request: PageRequest<Item>, snapshot: StoredSnapshot<Item>): Piece<Item> => {
    requireQuestion(snapshot.question, request);
    const { items, rest } = snapshot;
    return { data: items.slice(offset, offset + request.limit), length: items.length, rest };
  };
  const fromStore = async (id: string, offset: number, request: PageRequest<Item>): Promise<Piece<Item>> => {
    const found = (await kept?.find(id)) ?? null;
    if (kept === null || found === null) throw expired();
    requireQuestion(found.question, request);
    const items = await kept.items(found, offset, offset + request.limit);
    if (items === null) throw expired();
    return { data: itemsSchema.parse(items), length: found.length, rest: found.rest };
  };

  /** A first page whose cursor could never be used would be a cut answer. */
  const keep = async (question: string, snapshot: Snapshot<Item>): Promise<string> => {
    const { items, rest } = snapshot;
    const id = kept === null ? snapshotId(question, rest, await digestOf(items)) : await kept.keep(question, snapshot);
    const besideBytes = heldBytes(rest) + heldBytes(question);
    const content = { of: items, bytes: () => heldBytes(items), besideBytes };
    if (!snapshots.set(id, { ...snapshot, question }, content) && kept === null) throw tooLong(items.length);
    return id;
  };

  return {
    page: async (request) => {
      if (request.cursor !== undefined) {
        const { id, offset } = cursors.read(request.cursor, request);
        const here = snapshots.get(id);
        const piece = here === undefined ? await fromStore(id, offset, request) : fromMemory(offset, request, here);
        return answer(id, offset, request, piece);
      }
      const snapshot = await request.build();
      const { items, rest } = snapshot;
      // An answer of one page needs no id.
      const id = items.length > request.limit ? await keep(request.question ?? '', snapshot) : '';
      return answer(id, 0, request, { data: items.slice(0, request.limit), length: items.length, rest });
    },
  };
};
