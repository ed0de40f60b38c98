import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { type Day, dayOfInstant, instantText } from '../../domain/day.ts';
import { type Turns, takeTurns } from '../../domain/turns.ts';
import { everyKey } from '../../store/every-key.ts';
import type { Store } from '../../store/store.ts';
import type { Connection } from '../../vendor/connection.ts';
import { createChangeMarks } from './change-marks.ts';
import { addAmounts, noAmount, printAmount, type ScaledAmount } from './scaled-amount.ts';
import { type Block, blockRows, type Segment } from './segment.ts';

/** A figure that a vendor changed after it had reported the day. */
export const changeSchema = z.object({
  day: z.string(),
  group: z.record(z.string(), z.string().nullable()),
  before: z.object({ amount: z.string(), currency: z.string() }),
  after: z.object({ amount: z.string(), currency: z.string() }),
  seenAt: z.string(),
});
export type Change = z.output<typeof changeSchema>;

export interface ChangeLog {
  record(connection: Connection, before: Segment, after: Segment, days: readonly Day[]): Promise<void>;
  /** Newest first. */
  list(connection: Connection, sinceMs: number): Promise<Change[]>;
  coverage(connection: Connection, sinceMs: number): Promise<ChangeCoverage>;
}

/** What a list of changes can know. */
export interface ChangeCoverage {
  /** Since when a change would have been seen; null where no day has been read a second time. */
  readonly knownSince: number | null;
  /** More was seen since then than is kept. */
  readonly cut: boolean;
}

export const changeKeepDays = 90;
const changesKeepMs = changeKeepDays * 86_400_000;
/** Limit per refresh, so that one that changes everything does not fill the store. */
const changesMax = 2_000;

/** In the order of time. */
const instantKey = (milliseconds: number): string => String(Math.floor(milliseconds)).padStart(15, '0');

const byGroup = async (segment: Segment, block: Block, turns: Turns): Promise<Map<string, ScaledAmount>> => {
  const totals = new Map<string, ScaledAmount>();
  for (const row of blockRows(segment, block)) {
    if (turns.due()) await turns.next();
    const key = JSON.stringify([row.currency, ...row.values]);
    totals.set(key, addAmounts(totals.get(key) ?? noAmount, row.amount));
  }
  return totals;
};

/** Whether the day was fully reported when it was last read. Without `completeThrough`: whether it was over. */
const wasReported = (before: Segment, old: Block, day: Day): boolean =>
  before.completeThrough === null ? dayOfInstant(old.asOf) > day : day <= before.completeThrough;

const prefixOf = ({ storageKey }: Connection): string => `change/1/${storageKey}/`;

const groupSchema = z.array(z.string().nullable());

export const createChangeLog = (
  store: Store,
  clock: Clock,
  onFault: (what: string, cause: unknown) => void,
): ChangeLog => {
  let counter = 0;
  const marks = createChangeMarks(store, onFault);

  return {
    record: async (connection, before, after, days) => {
      const seenAt = clock.now();
      const changes: Change[] = [];
      let firstRead = Number.POSITIVE_INFINITY;
      let left = 0;
      const turns = takeTurns(clock);
      for (const day of days) {
        const old = before.blocks.get(day);
        const fresh = after.blocks.get(day);
        if (old !== undefined && fresh !== undefined && old !== fresh) firstRead = Math.min(firstRead, old.asOf);
        if (old === undefined || fresh === undefined || old === fresh || !wasReported(before, old, day)) continue;
        const amountsBefore = await byGroup(before, old, turns);
        const amountsAfter = await byGroup(after, fresh, turns);
        for (const key of new Set([...amountsBefore.keys(), ...amountsAfter.keys()])) {
          if (turns.due()) await turns.next();
          const amounts = {
            before: printAmount(amountsBefore.get(key) ?? noAmount),
            after: printAmount(amountsAfter.get(key) ?? noAmount),
          };
          if (amounts.before === amounts.after) continue;
          if (changes.length >= changesMax) {
            left += 1;
            continue;
          }
          const [currency = '', ...values] = groupSchema.parse(JSON.parse(key));
          changes.push({
            day,
            group: Object.fromEntries(
              after.key.dimensions.map((dimension, index) => [dimension, values[index] ?? null]),
            ),
            before: { amount: amounts.before, currency: currency ?? '' },
            after: { amount: amounts.after, currency: currency ?? '' },
            seenAt: instantText(seenAt),
          });
        }
      }
      if (Number.isFinite(firstRead)) {
        await marks.add(connection, { since: firstRead, cutAt: left === 0 ? null : seenAt });
      }
      if (changes.length === 0) return;
      counter += 1;
      const key = `${prefixOf(connection)}${instantKey(seenAt)}-${clock.id()}-${counter}`;
      await store
        .set(key, Buffer.from(JSON.stringify(changes)), { expiresInMs: changesKeepMs })
        .catch((cause: unknown) => onFault('a restatement could not be written to the store', cause));
    },
    list: async (connection, sinceMs) => {
      const prefix = prefixOf(connection);
      const wanted = await everyKey(store, prefix, `${prefix}${instantKey(Math.max(0, sinceMs))}`);
      const lists = await Promise.all(wanted.map((key) => store.get(key)));
      return lists
        .flatMap((bytes) =>
          bytes === null ? [] : z.array(changeSchema).parse(JSON.parse(Buffer.from(bytes).toString('utf8'))),
        )
        .reverse();
    },
    coverage: async (connection, sinceMs) => {
      const mark = await marks.read(connection);
      const prefix = prefixOf(connection);
      const [first] = mark === null ? await store.keys(prefix, 1) : [];
      const since = mark?.since ?? (first === undefined ? null : Number(first.slice(prefix.length).split('-', 1)[0]));
      return {
        knownSince: since === null ? null : Math.max(since, clock.now() - changesKeepMs),
        cut: (mark?.cutAt ?? Number.NEGATIVE_INFINITY) >= sinceMs,
      };
    },
  };
};
