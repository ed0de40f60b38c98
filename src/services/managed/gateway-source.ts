import type { Clock } from '../../domain/clock.ts';
import { instantText } from '../../domain/day.ts';
import { Failure } from '../../domain/failure/failure.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import type { ManagedSource } from '../../vendor/contract/contract.ts';
import { canonicalJson } from '../writes/fingerprint.ts';
import { createGatewayRecords, recordId } from './gateway-records.ts';
import type { Managed, ManagedThing } from './managed.ts';

/** The source of things that the gateway stores, with the same interface as that of a vendor. */
export const createGatewaySource = <Thing extends ManagedThing, Input>(
  kind: Managed<Thing, Input>,
  connection: Connection,
  store: Store,
  clock: Clock,
): ManagedSource<Thing, Input> => {
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
          await records.delete(nativeId);
          return null;
        },
      },
    },
  };
};
