import { Failure, followLink, type ReadingFault } from '../../src/vendor/kit/index.ts';
import type { Link } from './requests.ts';
import type { LivePagination, PublishedPagination } from './wire.ts';

const faultsMax = 25;

/** A page of ten thousand bad rows is named by its first ones and a count. */
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
      faults: [{ path: 'pagination.cursor.next_cursor', message: 'is missing although more is said to follow' }],
    };
  }
  return { cursor: next, faults: [] };
};

/** A link to another origin ends the walk with a fault; what was read until then is kept. */
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

/** Counts what came against what the vendor said would come. */
export class Tally {
  #came = 0;
  #stated = 0;

  page(came: number, stated: number | null | undefined): void {
    this.#came += came;
    this.#stated = Math.max(this.#stated, stated ?? 0);
  }
  /** Not empty where less came than was stated. */
  faults(path: string): ReadingFault[] {
    return this.#came < this.#stated
      ? [{ path, message: `${this.#stated} were announced and ${this.#came} came; the rest is missing` }]
      : [];
  }
}
