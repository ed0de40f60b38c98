import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Reading, Session } from '../../vendor/contract/contract.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import { freshPart, type Part } from '../../vendor/part.ts';
import { saysUnreachable } from './gateway-records.ts';
import { createKeepers, type Keepers } from './keepers.ts';
import { listKept } from './list-kept.ts';
import type { Completed, Keeping, Managed, ManagedThing } from './managed.ts';
import { outdated } from './outdated.ts';

export interface Listed<Thing> extends Keeping {
  readonly thing: Thing;
}

interface ListAsk {
  readonly noCache: boolean;
  readonly deadline: number;
}

/** The things of one kind, by connection. */
export interface ManagedReadings<Thing, Input> {
  readonly keepers: Keepers<Thing, Input>;
  read(connection: Connection, ask: ListAsk): Promise<Part<readonly Listed<Thing>[]>>;
  /** As they are listed by whoever keeps them, without the values that the gateway adds: nothing of costs is waited for. */
  readBare(connection: Connection, ask: ListAsk): Promise<Part<readonly Listed<Thing>[]>>;
  /**
   * The thing with this id if the connections file defines it or the gateway stores it, as it was defined or stored,
   * by one read; else null. Throws while the store is lost.
   */
  own(connection: Connection, nativeId: string): Promise<Listed<Thing> | null>;
  /** Things of the connections file and things that the gateway stores. Calls no vendor. */
  ownedByGateway(connection: Connection, deadline: number): Promise<Pick<Part<readonly Thing[]>, 'value' | 'failure'>>;
  complete(connection: Connection, thing: Thing, deadline: number): Promise<Completed<Thing>>;
  /** Invalidates what was read of this connection, in every replica. */
  changed(connection: Connection): Promise<void>;
  /** Changes with every write; part of the name that a list is cached under. */
  version(connection: Connection): Promise<string>;
}

export interface ManagedReadingsOptions {
  readonly listCache: ListCache;
  readonly store: Store;
  /** Keeps what the gateway manages; throws while it is lost. */
  readonly protectingStore: Store;
  /** True while the store that replicas share is lost to this one. */
  readonly storeLost: () => boolean;
  readonly clock: Clock;
}

const managedListMaxAgeMs = 5 * 60_000;
const listCompleteMsMax = 30_000;
const completedAtOnce = 64;

export const createManagedReadings = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  { listCache, store, protectingStore, storeLost, clock }: ManagedReadingsOptions,
): ManagedReadings<Thing, Input> => {
  const listedSchema = z.object({ thing: kind.thing, managedBy: z.enum(['vendor', 'gateway']), fixed: z.boolean() });
  const localVersions = new Map<string, string>();
  const versionKey = ({ storageKey }: Connection) => `${kind.noun}-version/1/${storageKey}`;

  const keepers = createKeepers(kind, protectingStore, clock);
  const complete: ManagedReadings<Thing, Input>['complete'] = async (connection, thing, deadline) =>
    (await kind.complete?.(connection, thing, deadline)) ?? { thing, notes: [], faults: [] };

  const loadBare = async (
    connection: Connection,
    session: Session,
    withoutOwn: boolean,
  ): Promise<Reading<Listed<Thing>>> => {
    const { items, notes, faults } = await listKept(kind.plural, keepers, connection, session, withoutOwn);
    const defined = kind.defined(connection);
    const ids = new Set(defined.map((each) => each.nativeId));
    const listed = items
      .filter(({ thing }) => !ids.has(thing.nativeId))
      .map(({ thing, managedBy }): Listed<Thing> => ({ thing, managedBy, fixed: false }));
    const fixed = defined.map((thing): Listed<Thing> => ({ thing, managedBy: 'gateway', fixed: true }));
    return { items: [...listed, ...fixed], notes, faults };
  };

  const load = async (
    connection: Connection,
    session: Session,
    withoutOwn: boolean,
  ): Promise<Reading<Listed<Thing>>> => {
    const { items: all, notes, faults } = await loadBare(connection, session, withoutOwn);
    const deadline = clock.monotonic() + listCompleteMsMax;
    const read: { readonly listed: Listed<Thing>; readonly done: Completed<Thing> }[] = [];
    for (let at = 0; at < all.length; at += completedAtOnce) {
      // Other requests, and the answers of the store, get their turn between many things.
      if (at > 0) await nextTurn();
      const some = all.slice(at, at + completedAtOnce);
      read.push(
        ...(await Promise.all(
          some.map(async (listed) => ({ listed, done: await complete(connection, listed.thing, deadline) })),
        )),
      );
    }
    return {
      items: read.map(({ listed, done }) => ({ ...listed, thing: done.thing })),
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
  const listName = async (connection: Connection) => `${kind.plural}/${await version(connection)}`;

  const readCached = (connection: Connection, ask: ListAsk, name: string, withoutOwn: boolean) =>
    listCache.read(connection, {
      ...ask,
      name,
      item: listedSchema,
      maxAgeMs: managedListMaxAgeMs,
      load: (session) => load(connection, session, withoutOwn),
    });

  /** While the store is lost: the last list that is known, or what can be listed without the store. */
  const read: ManagedReadings<Thing, Input>['read'] = async (connection, { noCache, deadline }) => {
    const ask = { noCache, deadline };
    const name = await listName(connection);
    const part = await readCached(connection, ask, name, false).catch((thrown) => {
      if (!saysUnreachable(thrown)) throw thrown;
      return readCached(connection, ask, `${name}/without-own`, true);
    });
    return storeLost() && keepers.gateway(connection) !== undefined ? outdated(kind.plural, part) : part;
  };

  return {
    keepers,
    read,
    readBare: async (connection, { noCache, deadline }) =>
      listCache.read(connection, {
        noCache,
        deadline,
        name: `${kind.plural}-bare/${await version(connection)}`,
        item: listedSchema,
        maxAgeMs: managedListMaxAgeMs,
        load: (session) => loadBare(connection, session, false),
      }),
    complete,
    version,
    own: async (connection, nativeId) => {
      const defined = kind.defined(connection).find((each) => each.nativeId === nativeId);
      if (defined !== undefined) return { thing: defined, managedBy: 'gateway', fixed: true };
      const thing = (await keepers.gateway(connection)?.source.find(nativeId)) ?? null;
      return thing === null ? null : { thing, managedBy: 'gateway', fixed: false };
    },
    ownedByGateway: async (connection, deadline) => {
      const own = keepers.gateway(connection);
      const defined = freshPart(kind.defined(connection));
      if (own === undefined) return defined;
      if (keepers.vendor(connection) === undefined) {
        const { value, failure } = await read(connection, { noCache: false, deadline });
        return { value: value.map(({ thing }) => thing), failure };
      }
      try {
        const { items } = await own.source.list(connection.session({ purpose: 'dashboard', deadline }));
        return { ...defined, value: [...defined.value, ...items] };
      } catch (thrown) {
        if (!saysUnreachable(thrown)) throw thrown;
        return outdated(kind.plural, defined);
      }
    },
    changed: async (connection) => {
      await listCache.forget(connection, await listName(connection));
      const next = clock.id();
      try {
        await store.set(versionKey(connection), Buffer.from(next));
        localVersions.delete(connection.storageKey);
      } catch {
        // The other replicas cannot be notified. At least this one reads the list again.
        localVersions.set(connection.storageKey, next);
      }
    },
  };
};
