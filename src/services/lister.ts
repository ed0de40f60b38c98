import type { Connection } from '../vendor/connection.ts';
import { type Gathered, gather } from '../vendor/gather.ts';
import type { Part } from '../vendor/part.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { PagedAnswer, Pager } from './paging/pager.ts';
import { visibleConnections } from './visible-connections.ts';

/** A list over all connections that the caller may see and has asked for. */
export interface List<Value, Item> {
  /** Part of its cursors: a cursor of one list is not valid for another. */
  readonly name: string;
  readonly parameters: ListParameters;
  readonly ask: Ask;
  /** The canonical question; null when only a cursor was given. Absent: it is made from the parameters. */
  readonly question?: string | null;
  /** One connection's part. */
  readonly part: (connection: Connection) => Promise<Part<Value>>;
  /** The items of the answer, in order. */
  readonly items: (
    parts: Gathered<Value>['parts'],
    asked: readonly Connection[],
  ) => readonly Item[] | Promise<readonly Item[]>;
  /** Further fields of every page, such as totals. */
  readonly beside?: (
    items: readonly Item[],
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

/** Asks the visible connections, and pages the combined answer. */
export interface Lister<Item = unknown> {
  list<Value>(list: List<Value, Item>): Promise<PagedAnswer<Item>>;
}

export const createLister = <Item>(pager: Pager<Item>, connections: readonly Connection[]): Lister<Item> => ({
  list: async ({ name, parameters, ask, part, items, beside, ...given }) => {
    const asked = visibleConnections(connections, ask.consumer, parameters);
    return pager.page({
      operation: name,
      question: given.question === undefined ? questionOf(name, parameters) : given.question,
      consumer: ask.consumer,
      limit: parameters.limit ?? limitDefault,
      cursor: parameters.cursor,
      build: async () => {
        const { parts, complete, providers } = await gather(asked, parameters.strict ?? false, part);
        const all = await items(parts, asked);
        return { items: all, rest: { ...(await beside?.(all)), meta: { complete, providers } } };
      },
    });
  },
});
