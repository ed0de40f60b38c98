import { z } from 'zod';
import type { Day } from '../../src/domain/day.ts';
import type { Session } from '../../src/vendor/kit/index.ts';
import { concernsOneOperation } from './failures.ts';
import { availabilityOf } from './normalise.ts';
import { availableRangeRequest } from './requests.ts';

export const minuteMs = 60_000;

const availabilitySchema = z.object({ since: z.string().nullable(), completeThrough: z.string().nullable() });
export interface Availability {
  readonly since: Day | null;
  readonly completeThrough: Day | null;
}

/** The range that the vendor has figures for; unknown where it does not tell. */
export const availability = async (session: Session): Promise<Availability> => {
  try {
    return await session.fact('available-range', 10 * minuteMs, availabilitySchema, async () =>
      availabilityOf((await session.call(availableRangeRequest())).json, session.today()),
    );
  } catch (thrown) {
    if (concernsOneOperation(thrown)) return { since: null, completeThrough: null };
    throw thrown;
  }
};
