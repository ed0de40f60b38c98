import type { z } from 'zod';
import type { Connection } from '../vendor/connection.ts';
import type { Capabilities, Reading, Session } from '../vendor/contract/contract.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { freshPart, type Part } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './paging/pager.ts';

/** A list that vendors provide as it is. */
export interface PlainList<Item extends z.ZodType, Parameters extends ListParameters = ListParameters>
  extends ListPresentation<z.output<Item>, Parameters> {
  readonly item: Item;
  readonly maxAgeMs: number;
  /** The source of a vendor. Undefined if it has none, which does not make the answer incomplete. */
  readonly source: (
    capabilities: Capabilities,
  ) => { list(session: Session): Promise<Reading<z.output<Item>>> } | undefined;
}

export interface ListPresentation<Item, Parameters extends ListParameters = ListParameters> {
  readonly name: string;
  /** The fields of an item, without `id`, `provider` and `connection`. */
  readonly present: (item: Item, connection: Connection) => object;
  /** Which items a caller asked for; all when absent. */
  readonly wanted?: (parameters: Parameters) => (item: Item) => boolean;
}

/** One connection's part of a list; null if its vendor has no such list, which does not make the answer incomplete. */
export type ReadList<Item> = (connection: Connection, ask: Ask) => Promise<Part<readonly Item[]> | null>;

export interface ListService<Parameters extends ListParameters = ListParameters> {
  list(parameters: Parameters, ask: Ask): Promise<PagedAnswer>;
}

const noItems = freshPart([], { notes: [{ code: 'vendor-has-none', message: 'this vendor has no such list' }] });

/** The id in the API for a native id of a vendor. */
export const idOf = (connection: Connection, nativeId: string): string => `${connection.id}:${nativeId}`;

/** The first fields of every item of a list. */
export const ownerOf = (connection: Connection, nativeId: string) => ({
  id: idOf(connection, nativeId),
  provider: connection.provider,
  connection: connection.id,
});

/** A list over all connections, read as given. */
export const createListService = <
  Item extends { readonly nativeId: string },
  Parameters extends ListParameters = ListParameters,
>(
  { name, present, wanted }: ListPresentation<Item, Parameters>,
  read: ReadList<Item>,
  lister: Lister,
): ListService<Parameters> => ({
  list: (parameters, ask) =>
    lister.list<readonly Item[]>({
      name,
      parameters,
      ask,
      part: async (connection) => (await read(connection, ask)) ?? noItems,
      items: (parts) =>
        parts.flatMap(({ connection, value }) =>
          value
            .filter(wanted?.(parameters) ?? (() => true))
            .map((each) => ({ ...ownerOf(connection, each.nativeId), ...present(each, connection) })),
        ),
    }),
});

/** Reads a list of a vendor through the cache. */
export const readPlainList =
  <Item extends z.ZodType>(
    { name, item, maxAgeMs, source }: Pick<PlainList<Item>, 'name' | 'item' | 'maxAgeMs' | 'source'>,
    cache: ListCache,
  ) =>
  async (
    connection: Connection,
    { noCache, deadline }: Pick<Ask, 'noCache' | 'deadline'>,
  ): Promise<Part<readonly z.output<Item>[]> | null> => {
    const vendor = source(connection.connector.capabilities);
    if (vendor === undefined) return null;
    const load = (session: Session) => vendor.list(session);
    return cache.read(connection, { name, item, maxAgeMs, noCache, deadline, load });
  };

export const defineList =
  <Item extends z.ZodType<{ readonly nativeId: string }>, Parameters extends ListParameters = ListParameters>(
    list: PlainList<Item, Parameters>,
  ) =>
  (cache: ListCache, lister: Lister): ListService<Parameters> =>
    createListService(list, readPlainList(list, cache), lister);
