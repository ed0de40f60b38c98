import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ListCache } from '../../vendor/list-cache.ts';
import type { Ask, ListParameters } from '../list-request.ts';
import type { Lister } from '../lister.ts';
import type { PagedAnswer } from '../paging/pager.ts';
import type { Writes } from '../writes/writes.ts';
import { createFind, type Find, type Found } from './find.ts';
import { saysUnreachable } from './gateway-records.ts';
import type { Managed, ManagedThing } from './managed.ts';
import { createManagedReadings, type ManagedReadings } from './readings.ts';
import { createWriteKinds } from './write-kinds.ts';
import { createWriteResults } from './write-results.ts';
import { createManagedWriting, type ManagedWriting } from './writing.ts';

export interface ManagedService<Thing, Input> extends ManagedWriting<Input> {
  /** `keep` filters the things of the answer; absent: all. */
  list(parameters: ListParameters, ask: Ask, keep?: (thing: Thing) => boolean): Promise<PagedAnswer>;
  get(id: string, ask: Ask): Promise<{ readonly data: object; readonly meta: Found<Thing>['meta'] }>;
  readonly find: Find<Thing>;
  readonly readings: ManagedReadings<Thing, Input>;
}

export interface ManageOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** Keeps what the gateway manages; throws while it is lost. */
  readonly protectingStore: Store;
  /** True while the store that replicas share is lost to this one. */
  readonly storeLost: () => boolean;
  readonly listCache: ListCache;
  readonly lister: Lister;
  readonly connections: readonly Connection[];
  readonly writes: Writes;
  /** The currencies of a connection's costs; empty if they cannot be read now. */
  readonly currencies: (connection: Connection, deadline: number) => Promise<readonly string[]>;
}

/** Nothing is written when a thing is read, so the failure does not speak of writes. */
const asUnreadable = (thrown: unknown): never => {
  if (!saysUnreachable(thrown)) throw thrown;
  const cause = asFailure(thrown);
  throw new Failure('vendor-incomplete', { ...cause.details, cause });
};

export const manage = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  options: ManageOptions,
): ManagedService<Thing, Input> => {
  const { clock, lister, connections, writes, currencies } = options;
  const readings = createManagedReadings(kind, options);
  const find = createFind(kind.noun, connections, readings, clock);
  const resultOf = createWriteResults(kind, readings, clock);
  const writeKinds = createWriteKinds(kind, readings, resultOf, clock);
  for (const each of [writeKinds.create, writeKinds.replace, writeKinds.remove]) writes.register(each);

  return {
    ...createManagedWriting(kind, { clock, connections, readings, currencies, writes, writeKinds, resultOf, find }),
    find,
    readings,
    list: (parameters, ask, keep = () => true) =>
      lister.list({
        name: kind.plural,
        parameters,
        ask,
        part: (connection) => readings.read(connection, ask),
        items: (parts) =>
          parts.flatMap(({ connection, value }) =>
            value
              .filter(({ thing }) => keep(thing))
              .map(({ thing, managedBy }) => kind.present({ ...thing, managedBy }, connection)),
          ),
      }),
    get: async (id, ask) => {
      const { connection, listed, meta } = await find(id, ask, 'completed').catch(asUnreadable);
      return { data: kind.present({ ...listed.thing, managedBy: listed.managedBy }, connection), meta };
    },
  };
};
