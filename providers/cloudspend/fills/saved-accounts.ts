import { z } from 'zod';
import type { FillSession } from '../../../src/vendor/kit/index.ts';
import { minuteMs } from '../availability.ts';
import type { Days } from './fill.ts';

/** What was read of one billing account, as an attempt that fails later leaves it to the next one. */
const savedAccountSchema = z.object({
  account: z.string(),
  currency: z.string(),
  start: z.string(),
  end: z.string(),
  items: z.array(
    z.object({ day: z.string(), values: z.array(z.string().nullable()), amount: z.string(), currency: z.string() }),
  ),
  faults: z.array(z.object({ path: z.string(), message: z.string(), day: z.string().optional() })),
});
export type SavedAccount = z.output<typeof savedAccountSchema>;

const savedMaxAgeMs = 60 * minuteMs;

const readSaved = (text: string): SavedAccount | null => {
  try {
    return savedAccountSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

export interface SavedAccounts {
  readonly known: ReadonlyMap<string, SavedAccount>;
  save(account: SavedAccount): Promise<void>;
}

/** The accounts that an earlier attempt has read of the same days in the same currency. */
export const openSavedAccounts = async (
  { resume }: FillSession,
  { start, end }: Days,
  currency: string,
): Promise<SavedAccounts> => {
  const saved = (await resume.saved()).map(readSaved);
  const usable = saved.filter((each) => each !== null);
  const isCurrent = usable.every((each) => each.currency === currency && each.start === start && each.end === end);
  if (!isCurrent || usable.length < saved.length) await resume.drop();
  // Parts are saved one after another: each takes the next place.
  let last: Promise<void> = Promise.resolve();
  return {
    known: new Map(isCurrent && usable.length === saved.length ? usable.map((each) => [each.account, each]) : []),
    save: (account) => {
      last = last.then(() => resume.save(JSON.stringify(account), savedMaxAgeMs));
      return last;
    },
  };
};
