import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource } from '../../vendor/contract/contract.ts';
import { canonicalJson } from '../writes/fingerprint.ts';
import { createGatewayRecords, recordId } from './gateway-records.ts';
import type { Managed, ManagedThing } from './managed.ts';

/** The source of things that the gateway stores: the interface of a vendor's, and each thing by its id. */
export interface GatewaySource<Thing, Input> extends ManagedSource<Thing, Input> {
  /** One read of the store. */
  find(nativeId: string): Promise<Thing | null>;
  /** The id of the thing that is created under this key. */
  idFor(key: string): string;
}

export const createGatewaySource = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  connection: Connection,
  store: Store,
  clock: Clock,
): GatewaySource<Thing, Input> => {
  const records = createGatewayRecords(store, kind.plural, connection.storageKey, kind.thing);
  const made = (nativeId: string, input: Input, createdAt: string | null): Thing =>
    kind.make(input, { nativeId, createdAt, updatedAt: instantText(clock.now()) });
  /** Equal for a thing and the input that it was created from. */
  const canonicalInput = (value: unknown): string | null => {
    const input = kind.input.safeParse(value);
    return input.success ? canonicalJson(input.data) : null;
  };

  return {
    list: () => records.list(),
    find: (nativeId) => records.find(nativeId),
    idFor: recordId,
    writes: {
      cannotHold: (input) => kind.cannotKeep(connection, input),
      matches: (thing, input) => canonicalInput(thing) === canonicalInput(input),
      create: {
        deduplicates: true,
        send: async (_session, { input }, key) =>
          (await records.find(recordId(key))) ?? records.put(made(recordId(key), input, instantText(clock.now()))),
      },
      replace: {
        deduplicates: true,
        send: async (_session, { nativeId, input }) => {
          const known = await records.find(nativeId);
          if (known === null) {
            throw new Failure('not-found', { public: `There is no ${kind.noun} with this id.`, effect: 'never' });
          }
          return records.put(made(nativeId, input, known.createdAt));
        },
      },
      remove: {
        deduplicates: true,
        send: async (_session, { nativeId }) => {
          if ((await records.find(nativeId)) !== null) await records.delete(nativeId);
          return null;
        },
      },
    },
  };
};
