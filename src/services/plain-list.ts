import type { z } from 'zod';
import type { Connection } from '../vendor/connection.ts';
import type { Capabilities, Reading, Session } from '../vendor/contract/contract.ts';
import type { ListCache } from '../vendor/list-cache.ts';
import { freshPart } from '../vendor/part.ts';
import type { Ask, ListParameters } from './list-request.ts';
import type { Lister } from './lister.ts';
import type { PagedAnswer } from './pager.ts';

/** A list that vendors provide as it is. */
export interface PlainList<Item extends z.ZodType> {
  readonly name: string;
  readonly item: Item;
  readonly maxAgeMs: number;
  /** The source of a vendor. Undefined if it has none, which does not make the answer incomplete. */
  readonly source: (
    capabilities: Capabilities,
  ) => { list(session: Session): Promise<Reading<z.output<Item>>> } | undefined;
  /** The fields of an item, without `id`, `provider` and `connection`. */
  readonly present: (item: z.output<Item>, connection: Connection) => object;
}

export interface ListService {
  list(parameters: ListParameters, ask: Ask): Promise<PagedAnswer>;
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

export const defineList =
  <Item extends z.ZodType<{ readonly nativeId: string }>>({ name, item, maxAgeMs, source, present }: PlainList<Item>) =>
  (cache: ListCache, lister: Lister): ListService => ({
    list: (parameters, ask) =>
      lister.list({
        name,
        parameters,
        ask,
        part: async (connection) => {
          const vendor = source(connection.connector.capabilities);
          if (vendor === undefined) return noItems;
          const { noCache, deadline } = ask;
          return cache.read(connection, {
            name,
            item,
            maxAgeMs,
            noCache,
            deadline,
            load: (session) => vendor.list(session),
          });
        },
        items: (parts) =>
          parts.flatMap(({ connection, value }) =>
            value.map((each) => ({ ...ownerOf(connection, each.nativeId), ...present(each, connection) })),
          ),
      }),
  });
