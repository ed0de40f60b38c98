import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource, Session } from '../../vendor/contract/contract.ts';
import { createGatewaySource, type GatewaySource } from './gateway-source.ts';
import type { Keeping, Managed, ManagedThing } from './managed.ts';

/** Who keeps things of a connection: its vendor or the gateway. */
export type Keeper<Thing, Input> =
  | { readonly managedBy: 'vendor'; readonly source: ManagedSource<Thing, Input> }
  | GatewayKeeper<Thing, Input>;

export interface GatewayKeeper<Thing, Input> {
  readonly managedBy: 'gateway';
  readonly source: GatewaySource<Thing, Input>;
}

export interface Keepers<Thing, Input> {
  readonly vendor: (connection: Connection) => Keeper<Thing, Input> | undefined;
  /** Absent where the vendor keeps the things of every organisation. */
  readonly gateway: (connection: Connection) => GatewayKeeper<Thing, Input> | undefined;
  /** The one that keeps a known thing. Without `managedBy`: the vendor, or the gateway where the vendor has none. */
  of(connection: Connection, managedBy?: Keeping['managedBy']): Keeper<Thing, Input>;
  /** The one that keeps new things. */
  forNew(connection: Connection, session: Session): Promise<Keeper<Thing, Input>>;
}

/** `store` keeps the things of the gateway; it throws while it is lost. */
export const createKeepers = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  store: Store,
  clock: Clock,
): Keepers<Thing, Input> => {
  const vendor = (connection: Connection): Keeper<Thing, Input> | undefined => {
    const source = kind.source(connection);
    return source === undefined ? undefined : { managedBy: 'vendor', source };
  };
  const ownKeeper = (connection: Connection): GatewayKeeper<Thing, Input> => ({
    managedBy: 'gateway',
    source: createGatewaySource(kind, connection, store, clock),
  });
  return {
    vendor,
    gateway: (connection) => {
      const source = kind.source(connection);
      return source === undefined || source.available !== undefined ? ownKeeper(connection) : undefined;
    },
    of: (connection, managedBy = 'vendor') =>
      (managedBy === 'vendor' ? vendor(connection) : undefined) ?? ownKeeper(connection),
    forNew: async (connection, session) => {
      const keeper = vendor(connection);
      const available = keeper !== undefined && (await (keeper.source.available?.(session) ?? true));
      return keeper !== undefined && available ? keeper : ownKeeper(connection);
    },
  };
};
