import { Failure } from '../../domain/failure/failure.ts';
import type { ReadingFault, Session } from '../contract/contract.ts';
import type { VendorReply, VendorRequest } from '../contract/request.ts';

export interface PageBounds {
  readonly pagesMax: number;
  readonly emptyPagesMax: number;
}
const defaultBounds: PageBounds = { pagesMax: 200, emptyPagesMax: 3 };

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly faults?: readonly ReadingFault[];
  /** The request for the next page, or null at the end. */
  readonly next: VendorRequest | null;
}

export interface Pages<Item> {
  readonly items: Item[];
  /** Not empty where the end was not reached: repeated pages, too many pages, pages without rows. */
  readonly faults: ReadingFault[];
}

const identityOf = (request: VendorRequest): string =>
  JSON.stringify([request.method, request.origin, request.path, request.query, request.json]);

/**
 * Reads pages to the end. A repeated page, too many empty pages in a row or too many pages end the loop with a fault;
 * the rows read until then are kept.
 */
export const paginate = async <Item>(
  session: Session,
  first: VendorRequest,
  read: (reply: VendorReply, request: VendorRequest) => Page<Item> | Promise<Page<Item>>,
  bounds: PageBounds = defaultBounds,
): Promise<Pages<Item>> => {
  const items: Item[] = [];
  const faults: ReadingFault[] = [];
  const seen = new Set<string>();
  let empty = 0;
  let request: VendorRequest | null = first;
  while (request !== null) {
    const identity = identityOf(request);
    if (seen.has(identity)) {
      faults.push({
        path: 'pagination',
        message: `page ${seen.size + 1} is one that was already read; the rest is missing`,
      });
      break;
    }
    if (seen.size >= bounds.pagesMax) {
      faults.push({ path: 'pagination', message: `more than ${bounds.pagesMax} pages; the rest is missing` });
      break;
    }
    seen.add(identity);
    const page: Page<Item> = await read(await session.call(request), request);
    for (const item of page.items) items.push(item);
    for (const fault of page.faults ?? []) faults.push(fault);
    empty = page.items.length === 0 ? empty + 1 : 0;
    if (page.next !== null && empty >= bounds.emptyPagesMax) {
      faults.push({ path: 'pagination', message: `${empty} empty pages in a row; the rest is missing` });
      break;
    }
    request = page.next;
  }
  return { items, faults };
};

/** Turns a vendor's link to the next page into path and query, and refuses one that leads elsewhere. */
export const followLink = (link: string, base: string): Pick<VendorRequest, 'path' | 'query'> => {
  const here = new URL(base);
  const target = URL.canParse(link, `${base}/`) ? new URL(link, `${base}/`) : null;
  if (target === null || target.origin !== here.origin || target.username !== '' || target.password !== '') {
    throw new Failure('vendor-malformed', {
      public: 'The vendor named a next page on another origin; it was not followed.',
    });
  }
  const prefix = here.pathname.replace(/\/+$/, '');
  const path =
    prefix !== '' && target.pathname.startsWith(`${prefix}/`) ? target.pathname.slice(prefix.length) : target.pathname;
  return { path, query: [...target.searchParams] };
};
