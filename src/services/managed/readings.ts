import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource, Reading, Session } from '../../vendor/contract/contract.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Part } from '../../vendor/part.ts';
import { createGatewaySource } from './gateway-source.ts';
import type { Completed, Keeping, Managed, ManagedThing } from './managed.ts';

export interface Listed<Thing> extends Keeping {
  readonly thing: Thing;
}

/** What a connection has of one kind. */
export interface ManagedReadings<Thing, Input> {
  /** Where the things of a connection are kept: at the vendor, or here where it has none. */
  source(connection: Connection): ManagedSource<Thing, Input>;
  managedBy(connection: Connection): Keeping['managedBy'];
  read(
    connection: Connection,
    ask: { readonly noCache: boolean; readonly deadline: number },
  ): Promise<Part<readonly Listed<Thing>[]>>;
  /** Those of the connections file and those that the gateway keeps: no call to any vendor. */
  ownedByGateway(connection: Connection, deadline: number): Promise<readonly Thing[]>;
  complete(connection: Connection, thing: Thing, deadline: number): Promise<Completed<Thing>>;
  /** Whatever was read of this connection is out of date, in every replica. */
  changed(connection: Connection): Promise<void>;
  /** Differs after every change: part of the name that a list is cached under. */
  version(connection: Connection): Promise<string>;
}

export interface ManagedReadingsOptions {
  readonly listCache: ListCache;
  readonly store: Store;
  readonly clock: Clock;
}

const maxAgeMs = 5 * 60_000;
const completeMsMax = 30_000;

export const createManagedReadings = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  { listCache, store, clock }: ManagedReadingsOptions,
): ManagedReadings<Thing, Input> => {
  const listed = z.object({ thing: kind.thing, managedBy: z.enum(['vendor', 'gateway']), fixed: z.boolean() });
  const localVersions = new Map<string, string>();
  const versionKey = ({ storageKey }: Connection) => `${kind.noun}-version/1/${storageKey}`;

  const source = (connection: Connection) =>
    kind.source(connection) ?? createGatewaySource(kind, connection, store, clock);
  const managedBy = (connection: Connection) => (kind.source(connection) === undefined ? 'gateway' : 'vendor');
  const complete: ManagedReadings<Thing, Input>['complete'] = async (connection, thing, deadline) =>
    (await kind.complete?.(connection, thing, deadline)) ?? { thing, notes: [], faults: [] };

  const load = async (connection: Connection, session: Session): Promise<Reading<Listed<Thing>>> => {
    const { items, notes, faults } = await source(connection).list(session);
    const deadline = clock.monotonic() + completeMsMax;
    const defined = kind.defined(connection);
    const ids = new Set(defined.map((each) => each.nativeId));
    const own: Keeping = { managedBy: managedBy(connection), fixed: false };
    const fixed: Keeping = { managedBy: 'gateway', fixed: true };
    const all = [
      ...items.filter((each) => !ids.has(each.nativeId)).map((thing) => ({ thing, keeping: own })),
      ...defined.map((thing) => ({ thing, keeping: fixed })),
    ];
    const read = await Promise.all(
      all.map(async ({ thing, keeping }) => ({ keeping, done: await complete(connection, thing, deadline) })),
    );
    return {
      items: read.map(({ keeping, done }) => ({ ...keeping, thing: done.thing })),
      notes: [...notes, ...read.flatMap(({ done }) => done.notes)],
      faults: [...faults, ...read.flatMap(({ done }) => done.faults)],
    };
  };

  const version = async (connection: Connection): Promise<string> => {
    const local = localVersions.get(connection.storageKey);
    if (local !== undefined) return local;
    const bytes = await store.get(versionKey(connection)).catch(() => null);
    return bytes === null ? '0' : Buffer.from(bytes).toString('utf8');
  };
  const nameOf = async (connection: Connection) => `${kind.plural}/${await version(connection)}`;

  const read: ManagedReadings<Thing, Input>['read'] = async (connection, { noCache, deadline }) =>
    listCache.read(connection, {
      name: await nameOf(connection),
      item: listed,
      maxAgeMs,
      noCache,
      deadline,
      load: (session) => load(connection, session),
    });

  return {
    source,
    managedBy,
    read,
    complete,
    version,
    ownedByGateway: async (connection, deadline) => {
      if (managedBy(connection) === 'vendor') return kind.defined(connection);
      const { value } = await read(connection, { noCache: false, deadline });
      return value.map(({ thing }) => thing);
    },
    changed: async (connection) => {
      await listCache.forget(connection, await nameOf(connection));
      const next = clock.id();
      try {
        await store.set(versionKey(connection), Buffer.from(next));
        localVersions.delete(connection.storageKey);
      } catch {
        // The other replicas cannot be told; this one at least knows.
        localVersions.set(connection.storageKey, next);
      }
    },
  };
};
