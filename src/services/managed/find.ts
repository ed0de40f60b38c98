import type { Clock } from '../../domain/clock.ts';
import { asFailure, Failure } from '../../domain/failure/failure.ts';
import type { Connection } from '../../vendor/connection.ts';
import { type Gathered, gather } from '../../vendor/gather.ts';
import { freshPart, incompleteness, type Part } from '../../vendor/part.ts';
import type { Ask } from '../list-request.ts';
import { visibleConnections } from '../visible-connections.ts';
import type { Listed, ManagedReadings } from './readings.ts';

export interface Found<Thing> {
  readonly connection: Connection;
  readonly listed: Listed<Thing>;
  readonly meta: Pick<Gathered<unknown>, 'complete' | 'providers'>;
}
/**
 * `completed`: with the values that the gateway adds. `bare`: without, which waits for no costs and is enough for a
 * write. Neither: a thing that the gateway keeps is bare, one of the vendor as its list has it.
 */
export type Find<Thing> = (id: string, ask: Ask, how?: 'completed' | 'bare') => Promise<Found<Thing>>;

/** Time that is left for sending the answer. */
const replyMs = 250;

const unknownThing = (noun: string, id: string): Failure =>
  new Failure('not-found', {
    public: `There is no ${noun} ${id.slice(0, 200)}. An id has the form <connection>:<native id>, percent-encoded in paths, as the list of ${noun}s gives it.`,
    effect: 'never',
  });

/**
 * Finds the thing with an id such as `acme:b-1`, in the connections that the consumer may see. One that the gateway
 * keeps is read by its id; those of a vendor are looked up in its list.
 */
export const createFind =
  <Thing extends { readonly nativeId: string }, Input>(
    noun: string,
    connections: readonly Connection[],
    readings: Pick<ManagedReadings<Thing, Input>, 'read' | 'readBare' | 'own' | 'complete' | 'keepers'>,
    clock: Clock,
  ): Find<Thing> =>
  async (id, ask, how) => {
    const colon = id.indexOf(':');
    const nativeId = id.slice(colon + 1);
    const connection = visibleConnections(connections, ask.consumer, {}).find((each) => each.id === id.slice(0, colon));
    if (colon < 1 || connection === undefined) throw unknownThing(noun, id);

    const asPart = async (listed: Listed<Thing>): Promise<Part<Listed<Thing>>> => {
      const more = { asOf: clock.now() };
      if (how !== 'completed') return freshPart(listed, more);
      const { thing, notes, faults } = await readings.complete(connection, listed.thing, ask.deadline - replyMs);
      const part = freshPart({ ...listed, thing }, { ...more, notes });
      return faults.length === 0 ? part : { ...part, state: 'partial', failure: incompleteness(faults) };
    };
    let lost: Failure | null = null;
    const own = await readings.own(connection, nativeId).catch((thrown) => {
      lost = asFailure(thrown);
      return null;
    });
    if (own !== null) {
      const { parts, complete, providers } = await gather([connection], false, () => asPart(own));
      return { connection, listed: parts[0]?.value ?? own, meta: { complete, providers } };
    }
    if (lost === null && readings.keepers.vendor(connection) === undefined) throw unknownThing(noun, id);

    const look = async (noCache: boolean) => {
      const { parts, complete, providers } = await gather([connection], false, () =>
        (how === 'bare' ? readings.readBare : readings.read)(connection, { noCache, deadline: ask.deadline }),
      );
      const listed = parts[0]?.value.find(({ thing }) => thing.nativeId === nativeId);
      return { meta: { complete, providers }, listed };
    };
    const first = await look(ask.noCache);
    // It may have been created elsewhere since the list was cached.
    const { meta, listed } = first.listed === undefined && !ask.noCache ? await look(true) : first;
    if (listed === undefined) throw lost ?? unknownThing(noun, id);
    return { connection, listed, meta };
  };
