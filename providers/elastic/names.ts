import { z } from 'zod';
import { Failure, type Session } from '../../src/vendor/kit/index.ts';
import type { InstanceCosts, InstancesReading } from './normalise.ts';
import { readWindow, type Window } from './windows.ts';

const namesFact = 'instance-names';
const namesMs = 24 * 3_600_000;
const namesSchema = z.array(z.tuple([z.string(), z.string().nullable()]));
/** By id; null where the vendor was asked and has no name. */
type Names = z.output<typeof namesSchema>;

/** A name that was not asked for is the id, or absent. */
const ownName = ({ id, name }: InstanceCosts): string | null => (name === id ? null : name);
const namesOf = ({ instances }: InstancesReading): Names => instances.map((each) => [each.id, ownName(each)]);

const orNull = (thrown: unknown): null => {
  if (thrown instanceof Failure) return null;
  throw thrown;
};

export type ReadNamed = (window: Window) => Promise<InstancesReading>;

/**
 * Reads windows, with the names of their instances. Names take the vendor a call of its own, so they are asked for once
 * a day, with the first window, and once more for all of `whole` where an unknown instance appears.
 */
export const createNamedReader = (session: Session, organizationId: string, whole: Window): ReadNamed => {
  let renewed: Promise<Names | null> | null = null;

  const renew = async (known: Names): Promise<Names | null> => {
    const read = await readWindow(session, organizationId, whole, true).catch(orNull);
    if (read === null) return null;
    await session.forget(namesFact);
    return session.fact(namesFact, namesMs, namesSchema, async () => [...new Map([...known, ...namesOf(read)])]);
  };

  return async (window) => {
    const own: { asked: boolean; reading?: InstancesReading } = { asked: false };
    const known = await session
      .fact(namesFact, namesMs, namesSchema, async () => {
        own.asked = true;
        own.reading = await readWindow(session, organizationId, window, true);
        return namesOf(own.reading);
      })
      .catch((thrown): Names => {
        // The window of another reader has failed, which says nothing of this one.
        if (own.asked) throw thrown;
        return orNull(thrown) ?? [];
      });
    const reading = own.reading ?? (await readWindow(session, organizationId, window, false));
    let names = new Map(known);
    if (reading.instances.some((each) => ownName(each) === null && !names.has(each.id))) {
      renewed ??= renew(known);
      names = new Map((await renewed) ?? known);
    }
    return {
      ...reading,
      instances: reading.instances.map((each) => ({ ...each, name: ownName(each) ?? names.get(each.id) ?? null })),
    };
  };
};
