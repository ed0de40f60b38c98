import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { Reading } from '../../vendor/contract/contract.ts';
import type { Look, WriteKind } from '../writes/kind.ts';
import type { Keeper } from './keepers.ts';
import type { Keeping, Managed, ManagedThing } from './managed.ts';
import type { ManagedReadings } from './readings.ts';
import type { ResultOfWrite } from './write-results.ts';

export interface ManagedKinds {
  readonly create: WriteKind;
  readonly replace: WriteKind;
  readonly remove: WriteKind;
}

const resultMsMax = 10_000;

/** How the outcome of an unanswered write is looked up, for one kind of thing. */
export const createWriteKinds = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  readings: ManagedReadings<Thing, Input>,
  resultOf: ResultOfWrite<Thing>,
  clock: Clock,
): ManagedKinds => {
  /** The subjects of writes in the journal. */
  const managedBy = z.enum(['vendor', 'gateway']).optional();
  const created = z.object({
    managedBy,
    input: kind.input,
    /** Ids of matching things before the write, none of which is the created one. Null if they are not known. */
    before: z.array(z.string()).nullable(),
    /** The id that the created thing has, where it is known before the write. */
    nativeId: z.string().optional(),
  });
  const replaced = z.object({ managedBy, nativeId: z.string(), input: kind.input });
  const removed = z.object({ managedBy, nativeId: z.string() });

  const keeperOf = (connection: Connection, subject: { readonly managedBy?: Keeping['managedBy'] | undefined }) =>
    readings.keepers.of(connection, subject.managedBy);
  const list = (connection: Connection, { source }: Keeper<Thing, Input>, deadline: number): Promise<Reading<Thing>> =>
    source.list(connection.session({ purpose: 'dashboard', deadline }));
  /** A reading in which this thing is, if it is there. */
  const only = async (
    connection: Connection,
    keeper: Keeper<Thing, Input>,
    nativeId: string,
    deadline: number,
  ): Promise<Reading<Thing>> => {
    if (keeper.managedBy === 'vendor') return list(connection, keeper, deadline);
    const kept = await keeper.source.find(nativeId);
    return { items: kept === null ? [] : [kept], notes: [], faults: [] };
  };
  const affected = (connection: Connection): Promise<void> => readings.changed(connection);
  const resultDeadline = () => clock.monotonic() + resultMsMax;
  /** Not being in a list with faults proves nothing. */
  const notFound = ({ faults }: Reading<unknown>): Look => (faults.length === 0 ? 'absent' : 'unclear');

  const seen = async (
    connection: Connection,
    { managedBy }: Keeper<Thing, Input>,
    thing: Thing,
    done: 'created' | 'changed',
  ): Promise<Look> => ({ seen: await resultOf(connection, managedBy, thing, done, resultDeadline()) });

  return {
    create: {
      name: `create-${kind.noun}`,
      repeatable: false,
      affected,
      look: async (connection, subject, deadline) => {
        const { input, before, nativeId, ...written } = created.parse(subject);
        const keeper = keeperOf(connection, written);
        if (keeper.managedBy === 'gateway' && nativeId !== undefined) {
          const kept = await keeper.source.find(nativeId);
          return kept === null ? 'absent' : seen(connection, keeper, kept, 'created');
        }
        if (before === null) return 'unclear';
        const { writes } = keeper.source;
        const reading = await list(connection, keeper, deadline);
        const found = reading.items.find((each) => writes?.matches(each, input) && !before.includes(each.nativeId));
        if (found === undefined) return notFound(reading);
        return seen(connection, keeper, found, 'created');
      },
    },
    replace: {
      name: `replace-${kind.noun}`,
      repeatable: true,
      affected,
      look: async (connection, subject, deadline) => {
        const { nativeId, input, ...written } = replaced.parse(subject);
        const keeper = keeperOf(connection, written);
        const { writes } = keeper.source;
        const reading = await only(connection, keeper, nativeId, deadline);
        const found = reading.items.find((each) => each.nativeId === nativeId && writes?.matches(each, input));
        if (found === undefined) return notFound(reading);
        return seen(connection, keeper, found, 'changed');
      },
    },
    remove: {
      name: `remove-${kind.noun}`,
      repeatable: true,
      affected,
      look: async (connection, subject, deadline) => {
        const { nativeId, ...written } = removed.parse(subject);
        const reading = await only(connection, keeperOf(connection, written), nativeId, deadline);
        if (reading.items.some((each) => each.nativeId === nativeId)) return 'absent';
        return reading.faults.length === 0 ? { seen: { done: 'removed' } } : 'unclear';
      },
    },
  };
};
