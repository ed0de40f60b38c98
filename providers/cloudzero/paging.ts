import type { z } from 'zod';
import {
  decode,
  decodeItems,
  Failure,
  followLink,
  type Page,
  type ReadingFault,
  type VendorRequest,
} from '../../src/vendor/kit/index.ts';
import { decodeEnvelope } from './dialect.ts';
import type { Link } from './requests.ts';
import {
  type LivePagination,
  livePageSchema,
  type PublishedPagination,
  publishedPageSchema,
  rowsSchema,
} from './wire.ts';

const faultsMax = 25;

/** The first faults, and one that counts the rest. */
export const summarise = (faults: readonly ReadingFault[], where: string): ReadingFault[] =>
  faults.length <= faultsMax
    ? [...faults]
    : [...faults.slice(0, faultsMax), { path: where, message: `${faults.length - faultsMax} more could not be read` }];

export const liveNext = (pagination: LivePagination): { cursor: string | null; faults: ReadingFault[] } => {
  const cursor = pagination?.cursor;
  const next = cursor?.next_cursor || null;
  if (cursor?.has_next === false) return { cursor: null, faults: [] };
  if (cursor?.has_next === true && next === null) {
    return {
      cursor: null,
      faults: [{ path: 'pagination.cursor.next_cursor', message: 'is missing although has_next is true' }],
    };
  }
  return { cursor: next, faults: [] };
};

/** A link to another origin is a fault and is not followed; the pages before it are kept. */
export const publishedNext = (
  pagination: PublishedPagination,
  baseUrl: string,
): { link: Link | null; faults: ReadingFault[] } => {
  const next = pagination?.next || null;
  if (next === null) return { link: null, faults: [] };
  try {
    return { link: followLink(next, baseUrl), faults: [] };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return { link: null, faults: [{ path: 'pagination.next', message: thrown.details.public }] };
  }
};

/** Compares the number of rows received with the number that the vendor announced. */
export class RowCount {
  #came = 0;
  #stated = 0;

  page(came: number, stated: number | null | undefined): void {
    this.#came += came;
    this.#stated = Math.max(this.#stated, stated ?? 0);
  }
  get received(): number {
    return this.#came;
  }
  /** Not empty where fewer rows came than were announced. */
  faults(path: string): ReadingFault[] {
    return this.#came < this.#stated
      ? [{ path, message: `${this.#stated} were announced and ${this.#came} received; the rest is missing` }]
      : [];
  }
}

interface PagedList<Schema extends z.ZodType, Next> {
  /** What was asked for, as a failure names it. */
  readonly what: string;
  /** The key of the rows in the live dialect; in the published one they stand under `data`. */
  readonly liveKey: string;
  readonly rowSchema: Schema;
  readonly nextRequest: (next: Next) => VendorRequest;
}

export const readLivePage = <Schema extends z.ZodType>(
  json: unknown,
  { what, liveKey, rowSchema, nextRequest }: PagedList<Schema, string>,
  tally: RowCount,
): Page<z.output<Schema>> => {
  const rows = decodeEnvelope(rowsSchema(liveKey), json, what, { own: liveKey, other: 'data' });
  const { pagination } = decode(livePageSchema, json, what);
  tally.page(rows.length, pagination?.total_count);
  const { items, faults } = decodeItems(rowSchema, rows, liveKey);
  const next = liveNext(pagination);
  return {
    items,
    faults: [...summarise(faults, liveKey), ...next.faults],
    next: next.cursor === null ? null : nextRequest(next.cursor),
  };
};

export const readPublishedPage = <Schema extends z.ZodType>(
  json: unknown,
  { what, liveKey, rowSchema, nextRequest }: PagedList<Schema, Link>,
  tally: RowCount,
  baseUrl: string,
): Page<z.output<Schema>> => {
  const rows = decodeEnvelope(rowsSchema('data'), json, what, { own: 'data', other: liveKey });
  const { pagination } = decode(publishedPageSchema, json, what);
  tally.page(rows.length, pagination?.total);
  const { items, faults } = decodeItems(rowSchema, rows, 'data');
  const next = publishedNext(pagination, baseUrl);
  return {
    items,
    faults: [...summarise(faults, 'data'), ...next.faults],
    next: next.link === null ? null : nextRequest(next.link),
  };
};
