import { z } from 'zod';
import type { Session } from '../../src/vendor/kit/index.ts';

const dayMs = 24 * 3_600_000;
/** As long as figures are kept. */
const factMsMax = 400 * dayMs;

const storedSchema = z.object({ value: z.unknown(), until: z.number() });

/** A fact whose load says until when it holds, because an answer holds longer than the lack of one. */
export const expiringFact = async <T extends z.ZodType>(
  session: Session,
  name: string,
  schema: T,
  load: () => Promise<{ readonly value: z.output<T>; readonly until: number }>,
): Promise<z.output<T>> => {
  const read = async () => session.fact(name, factMsMax, storedSchema, load);
  const known = await read();
  const parsed = schema.safeParse(known.value);
  if (parsed.success && session.now() < known.until) return parsed.data;
  await session.forget(name);
  return schema.parse((await read()).value);
};
