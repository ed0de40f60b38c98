import { z } from 'zod';
import type { Session } from '../../src/vendor/kit/index.ts';

const dayMs = 24 * 3_600_000;
/** As long as figures are kept. */
const factMsMax = 400 * dayMs;

/** `loaded` is false for what stands there until somebody loads the fact. */
const storedSchema = z.object({ value: z.unknown(), until: z.number(), loaded: z.boolean() });
type Stored = z.output<typeof storedSchema>;

interface Loaded<T> {
  readonly value: T;
  /** When it is loaded again. */
  readonly until: number;
}
/** Gets the last value, which stays where the load fails. */
type Load<T> = (before: T) => Promise<Loaded<T>>;

/** A fact that says itself how long it holds, and whose last value stays known while a new one cannot be had. */
export interface LastingFact<T> {
  current(session: Session, load: Load<T>): Promise<T>;
  /** As `current`, but what nobody has loaded yet is loaded no sooner than a day after the first question. */
  currentLater(session: Session, load: Load<T>): Promise<T>;
  /** The last value, however old. Makes no call. */
  known(session: Session): Promise<T>;
  replace(session: Session, loaded: Loaded<T>): Promise<void>;
}

export const lastingFact = <T extends z.ZodType>(
  name: string,
  schema: T,
  nothing: z.output<T>,
): LastingFact<z.output<T>> => {
  const stored = (session: Session, load: () => Promise<Stored>) => session.fact(name, factMsMax, storedSchema, load);
  const placeholder = (session: Session) => async (): Promise<Stored> => ({
    value: nothing,
    until: session.now() + dayMs,
    loaded: false,
  });
  const readValue = ({ value }: Stored): z.output<T> => schema.safeParse(value).data ?? nothing;
  const reload = async (session: Session, before: Stored, load: Load<z.output<T>>): Promise<z.output<T>> => {
    await session.forget(name);
    try {
      return readValue(await stored(session, async () => ({ ...(await load(readValue(before))), loaded: true })));
    } catch (thrown) {
      await session.forget(name);
      await stored(session, async () => before);
      throw thrown;
    }
  };
  return {
    current: async (session, load) => {
      const known = await stored(session, async () => ({ ...(await load(nothing)), loaded: true }));
      return known.loaded && session.now() < known.until ? readValue(known) : reload(session, known, load);
    },
    currentLater: async (session, load) => {
      const known = await stored(session, placeholder(session));
      return session.now() < known.until ? readValue(known) : reload(session, known, load);
    },
    known: async (session) => readValue(await stored(session, placeholder(session))),
    replace: async (session, loaded) => {
      await session.forget(name);
      await stored(session, async () => ({ ...loaded, loaded: true }));
    },
  };
};
