import type { z } from 'zod';
import type { Connection } from '../vendor/connection.ts';
import type { Reading, Session } from '../vendor/contract/contract.ts';
import { gather } from '../vendor/gather.ts';
import type { HeldReadings } from '../vendor/list-cache.ts';
import type { Part } from '../vendor/part.ts';
import { type Ask, type ListParameters, limitDefault, questionOf } from './list-request.ts';
import type { PagedAnswer, Pager } from './pager.ts';
import { visibleConnections } from './visible-connections.ts';

/** What turns a vendor list into an answer of the API. */
export interface Listing<Item extends z.ZodType> {
  readonly name: string;
  readonly parameters: ListParameters;
  readonly ask: Ask;
  readonly item: Item;
  readonly maxAgeMs: number;
  /** How to ask this connection; null where its vendor has no such thing, which is not a gap in the answer. */
  readonly source: (connection: Connection) => ((session: Session) => Promise<Reading<z.output<Item>>>) | null;
  readonly present: (item: z.output<Item>, connection: Connection) => unknown;
  /** Decides which presented items belong to the answer; all when absent. */
  readonly keep?: (item: z.output<Item>, connection: Connection) => boolean;
  /** What decides the vendor's answer beside the connection, such as a range. */
  readonly variant?: string;
}

export interface Lists {
  list<Item extends z.ZodType>(listing: Listing<Item>): Promise<PagedAnswer>;
}

const nothing: Part<readonly never[]> = {
  value: [],
  state: 'fresh',
  notes: [{ code: 'vendor-has-none', message: 'this vendor has nothing of the kind' }],
  asOf: null,
  completeThrough: null,
  missing: [],
  failure: null,
};

export const openLists = (held: HeldReadings, pager: Pager, connections: readonly Connection[]): Lists => ({
  list: async (listing) => {
    const { parameters, ask } = listing;
    const visible = visibleConnections(connections, ask.consumer, parameters);
    return pager.page({
      operation: listing.name,
      question: questionOf(listing.name, parameters),
      consumer: ask.consumer.name,
      limit: parameters.limit ?? limitDefault,
      cursor: parameters.cursor,
      build: async () => {
        const gathered = await gather(visible, parameters.strict ?? false, async (connection) => {
          const load = listing.source(connection);
          if (load === null) return nothing;
          const name = listing.variant === undefined ? listing.name : `${listing.name}/${listing.variant}`;
          const { item, maxAgeMs } = listing;
          return held.read(connection, { name, item, maxAgeMs, noCache: ask.noCache, deadline: ask.deadline, load });
        });
        const items = gathered.parts.flatMap(({ connection, value }) =>
          value
            .filter((item) => listing.keep?.(item, connection) ?? true)
            .map((item) => listing.present(item, connection)),
        );
        return { items, rest: { meta: { complete: gathered.complete, providers: gathered.providers } } };
      },
    });
  },
});
