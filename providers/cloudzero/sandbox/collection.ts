import type { Clock } from '../../../src/domain/clock.ts';
import type { SandboxReply, SandboxRequest, SandboxRoute } from '../../../src/vendor/sandbox/server.ts';
import { type Checked, parseObject, refusal, type Variant } from './replies.ts';
import { livePagination, ResultSets } from './result-sets.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Stored {
  readonly id: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly fields: Fields;
}

export interface CollectionOptions {
  readonly variant: Variant;
  readonly clock: Clock;
  /** `/v2/budgets` */
  readonly path: string;
  /** The keys of the live dialect for one item and for a list. */
  readonly singular: string;
  readonly plural: string;
  /** What is there, by id; it is changed by the routes. */
  readonly items: Map<string, Stored>;
  /** `others` are the items besides the one that is written. */
  readonly check: (body: Fields, others: readonly Stored[]) => Checked<Fields>;
  /** What `?expand=` accepts in a list and for one item. */
  readonly expandable?: { readonly list: readonly string[]; readonly one: readonly string[] };
  /** Further fields of an item, computed for each answer. */
  readonly expand?: (item: Stored, wanted: readonly string[]) => Fields;
  /** The fields besides the id that an answer tells in the live dialect; absent: when it was created and changed. */
  readonly stamps?: (item: Stored) => Fields;
  /** Further fields that the answer to a write has. */
  readonly written?: (item: Stored) => Fields;
  /** Why an item cannot be removed; null where it can. Absent: all can. */
  readonly unremovable?: (item: Stored) => string | null;
  /** The answer to a removal in the live dialect, of the item as it was shown; absent: the id under the singular. */
  readonly removed?: (shown: { readonly id: string } & Fields) => Fields;
  /** Serves the sides of the document that are optional: short pages, counts and times without what may be absent. */
  readonly loose?: boolean;
}

export const epochText = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));
/** Short enough that every list has further pages. */
const loosePageSize = 2;
const isoText = (milliseconds: number): string => new Date(milliseconds).toISOString();

const readCount = (text: string | null, fallback: number, most: number): number | null => {
  if (text === null) return fallback;
  return /^[1-9]\d{0,5}$/.test(text) && Number(text) <= most ? Number(text) : null;
};

export const byId = (items: readonly Stored[]): Map<string, Stored> => new Map(items.map((each) => [each.id, each]));

/** Create, read, update, delete and list in one dialect, stored in memory. */
export const collectionRoutes = (options: CollectionOptions): SandboxRoute[] => {
  const { variant, clock, path, items } = options;
  const live = variant === 'live';
  const sets = new ResultSets<unknown>(clock);

  const stamps =
    options.stamps ??
    ((item: Stored): Fields =>
      live
        ? { created: epochText(item.createdMs), last_updated: epochText(item.updatedMs) }
        : { created_at: isoText(item.createdMs), updated_at: isoText(item.updatedMs) });
  const show = (item: Stored, request: SandboxRequest) => ({
    id: item.id,
    ...item.fields,
    ...stamps(item),
    ...options.expand?.(item, request.query.getAll('expand')),
  });
  /** A value of `expand` that is not known. */
  const unknownExpansion = (request: SandboxRequest, accepted: readonly string[] = []): string | undefined =>
    request.query.getAll('expand').find((each) => !accepted.includes(each));
  const one = (item: Stored, request: SandboxRequest, status: number): SandboxReply => {
    const more = request.method === 'GET' ? {} : options.written?.(item);
    return { status, json: { [live ? options.singular : 'data']: { ...show(item, request), ...more } } };
  };
  const unknown = refusal(variant, 404, `There is no such ${options.singular}.`);

  const listLive = (request: SandboxRequest): SandboxReply => {
    const given = readCount(request.query.get('limit'), 100, 1000);
    if (given === null) return refusal(variant, 400, 'limit is not between 1 and 1000');
    const unexpandable = unknownExpansion(request, options.expandable?.list);
    if (unexpandable !== undefined) return refusal(variant, 400, `expand cannot be ${unexpandable}`);
    const limit = options.loose === true ? Math.min(given, loosePageSize) : given;
    const cursor = request.query.get('cursor');
    const page =
      cursor === null
        ? sets.first(
            [...items.values()].map((item) => show(item, request)),
            limit,
          )
        : sets.follow(cursor);
    if (page === null) return refusal(variant, 400, 'cursor is no cursor');
    if (page === 'expired') return refusal(variant, 410, 'The list has expired. Ask again.');
    const { total_count: _, ...uncounted } = livePagination(page);
    const pagination = options.loose === true ? uncounted : livePagination(page);
    return { json: { [options.plural]: page.items, pagination } };
  };

  const listPublished = (request: SandboxRequest): SandboxReply => {
    const page = readCount(request.query.get('page'), 1, 100_000);
    const given = readCount(request.query.get('page_size'), 50, 1000);
    const size = given !== null && options.loose === true ? Math.min(given, loosePageSize) : given;
    if (page === null || size === null) return refusal(variant, 400, 'page or page_size is out of range');
    const all = [...items.values()];
    const link = (number: number) => `${request.url}${path}?page=${number}&page_size=${size}`;
    return {
      json: {
        data: all.slice((page - 1) * size, page * size).map((item) => show(item, request)),
        pagination: {
          ...(page * size < all.length ? { next: link(page + 1) } : {}),
          ...(page > 1 ? { previous: link(page - 1) } : {}),
          ...(options.loose === true ? {} : { total: all.length }),
        },
      },
    };
  };

  const create = (request: SandboxRequest): SandboxReply => {
    const body = parseObject(request.body);
    const checked = body.ok ? options.check(body.value, [...items.values()]) : body;
    if (!checked.ok) return refusal(variant, 400, checked.message);
    const now = clock.now();
    const item: Stored = { id: clock.id(), createdMs: now, updatedMs: now, fields: checked.value };
    items.set(item.id, item);
    return one(item, request, live ? 200 : 201);
  };

  const update = (request: SandboxRequest): SandboxReply => {
    const before = items.get(request.params.id ?? '');
    if (before === undefined) return unknown;
    const body = parseObject(request.body);
    // A PATCH keeps the fields that it does not contain.
    const others = [...items.values()].filter((each) => each.id !== before.id);
    const checked = body.ok ? options.check(live ? { ...before.fields, ...body.value } : body.value, others) : body;
    if (!checked.ok) return refusal(variant, 400, checked.message);
    const item: Stored = { ...before, updatedMs: clock.now(), fields: checked.value };
    items.set(item.id, item);
    return one(item, request, 200);
  };

  const read = (request: SandboxRequest): SandboxReply => {
    const item = items.get(request.params.id ?? '');
    const unexpandable = unknownExpansion(request, options.expandable?.one);
    if (unexpandable !== undefined) return refusal(variant, 400, `expand cannot be ${unexpandable}`);
    return item === undefined ? unknown : one(item, request, 200);
  };

  const remove = (request: SandboxRequest): SandboxReply => {
    const item = items.get(request.params.id ?? '');
    if (item === undefined) return unknown;
    const reason = options.unremovable?.(item) ?? null;
    if (reason !== null) return refusal(variant, 400, reason);
    items.delete(item.id);
    const { id } = item;
    if (!live) return { status: 204 };
    return { status: 200, json: options.removed?.(show(item, request)) ?? { [options.singular]: { id } } };
  };

  return [
    { method: 'GET', path, handle: live ? listLive : listPublished },
    { method: 'POST', path, handle: create },
    { method: 'GET', path: `${path}/:id`, handle: read },
    { method: live ? 'PATCH' : 'PUT', path: `${path}/:id`, handle: update },
    { method: live ? 'PUT' : 'PATCH', path: `${path}/:id`, handle: () => refusal(variant, 405, 'Method Not Allowed') },
    { method: 'DELETE', path: `${path}/:id`, handle: remove },
  ];
};
