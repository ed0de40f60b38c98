import { asFailure } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Reading, Session } from '../../vendor/contract/contract.ts';
import type { Keeper, Keepers } from './keepers.ts';
import type { Keeping, ManagedThing } from './managed.ts';

interface Kept<Thing> {
  readonly thing: Thing;
  readonly managedBy: Keeping['managedBy'];
}

/**
 * The things of a connection, whoever keeps them. Where the vendor's cannot be read, those that the gateway keeps are
 * listed with a fault; without any of these the vendor's failure is thrown. `withoutOwn` lists those of the vendor
 * only, for the time in which the gateway's cannot be read: the fault says that they are missing.
 */
export const listKept = async <Thing extends ManagedThing, Input>(
  plural: string,
  keepers: Keepers<Thing, Input>,
  connection: Connection,
  session: Session,
  withoutOwn = false,
): Promise<Reading<Kept<Thing>>> => {
  const read = async ({ managedBy, source }: Keeper<Thing, Input>): Promise<Reading<Kept<Thing>>> => {
    if ((await source.available?.(session)) === false) return { items: [], notes: [], faults: [] };
    const reading = await source.list(session);
    return { ...reading, items: reading.items.map((thing) => ({ thing, managedBy })) };
  };
  const gateway = keepers.gateway(connection);
  const vendor = keepers.vendor(connection);
  const missing: Reading<Kept<Thing>> = {
    items: [],
    notes: [],
    faults: [{ path: plural, message: 'that the gateway keeps could not be read: their store cannot be reached' }],
  };
  const own = gateway === undefined ? null : withoutOwn ? missing : await read(gateway);
  if (vendor === undefined) return own ?? { items: [], notes: [], faults: [] };
  if (own === null) return read(vendor);
  const theirs = await read(vendor).catch((thrown): Reading<Kept<Thing>> => {
    const failure = asFailure(thrown);
    if (own.items.length === 0) throw failure;
    const message = `those of ${connection.title} could not be read: ${failure.details.public}`;
    return { items: [], notes: [], faults: [{ path: plural, message }] };
  });
  return {
    items: [...theirs.items, ...own.items],
    notes: [...theirs.notes, ...own.notes],
    faults: [...theirs.faults, ...own.faults],
  };
};
