import { Failure } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import { type Gathered, gather } from '../../vendor/gather.ts';
import type { Ask } from '../list-request.ts';
import { visibleConnections } from '../visible-connections.ts';
import type { Listed, ManagedReadings } from './readings.ts';

export interface Found<Thing> {
  readonly connection: Connection;
  readonly listed: Listed<Thing>;
  readonly meta: Pick<Gathered<unknown>, 'complete' | 'providers'>;
}
export type Find<Thing> = (id: string, ask: Ask) => Promise<Found<Thing>>;

const unknownThing = (noun: string, id: string): Failure =>
  new Failure('not-found', {
    public: `There is no ${noun} ${id.slice(0, 200)}. An id has the form <connection>:<native id>, percent-encoded in paths, as the list of ${noun}s gives it.`,
    effect: 'never',
  });

/** Finds the thing with an id such as `acme:b-1`, in the connections that the consumer may see. */
export const createFind =
  <Thing extends { readonly nativeId: string }>(
    noun: string,
    connections: readonly Connection[],
    readings: Pick<ManagedReadings<Thing, never>, 'read'>,
  ): Find<Thing> =>
  async (id, ask) => {
    const colon = id.indexOf(':');
    const nativeId = id.slice(colon + 1);
    const connection = visibleConnections(connections, ask.consumer, {}).find((each) => each.id === id.slice(0, colon));
    if (colon < 1 || connection === undefined) throw unknownThing(noun, id);
    const look = async (noCache: boolean) => {
      const { parts, complete, providers } = await gather([connection], false, () =>
        readings.read(connection, { noCache, deadline: ask.deadline }),
      );
      const listed = parts[0]?.value.find(({ thing }) => thing.nativeId === nativeId);
      return { meta: { complete, providers }, listed };
    };
    const first = await look(ask.noCache);
    // It may have been created elsewhere since the list was cached.
    const { meta, listed } = first.listed === undefined && !ask.noCache ? await look(true) : first;
    if (listed === undefined) throw unknownThing(noun, id);
    return { connection, listed, meta };
  };
