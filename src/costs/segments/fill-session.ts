import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { addDays, type Day, daysIn } from '../../domain/day.ts';
import type { Failure } from '../../domain/failure/failure.ts';
import { packText, unpackText } from '../../store/packed-text.ts';
import type { Store } from '../../store/store.ts';
import type { FillSession, FinishedDays, Resume } from '../../vendor/contract/contract.ts';
import type { Span } from '../planning/spans.ts';
import type { FetchOrder } from './fetch-order.ts';

/** Time limit of a fill without progress. It goes on after its callers have left. */
const fillMsMax = 180_000;
/** Parts that one fill may save; more than any vendor's result has pages. */
const partsMax = 10_000;

export interface FillProgress {
  readonly session: FillSession;
  /** Days that were handed over. */
  readonly kept: ReadonlySet<Day>;
  /** Those of them that were not refused. */
  readonly stored: ReadonlySet<Day>;
  /** The first refusal of days that were handed over: stored ones have no faults, these have. */
  readonly refusal: () => Failure | null;
  /** Whether anything was stored or saved. */
  readonly advanced: () => boolean;
  /** When the oldest figure of this fill was read. */
  readonly asOf: () => number;
}

export interface FillProgressOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly order: FetchOrder;
  /** The days of the question. */
  readonly days: Span;
  /** Equal for attempts at the same question, when it asks for these days. */
  readonly nameOf: (days: Span) => string;
  /** Null, or why the days were refused. */
  readonly write: (part: FinishedDays) => Promise<Failure | null>;
}

/** `run` is equal for the parts of one read: parts of an expired one may still be stored behind those of a new one. */
const partSchema = z.object({ run: z.string(), at: z.number(), text: z.string() });

/** The session of one fill. What it keeps or saves renews its deadline. */
export const openFill = ({ clock, store, order, days, nameOf, write }: FillProgressOptions): FillProgress => {
  const startedAt = clock.now();
  const context = { purpose: order.purpose, deadline: clock.monotonic() + fillMsMax };
  const renew = (): void => {
    context.deadline = clock.monotonic() + fillMsMax;
  };
  const kept = new Set<Day>();
  const stored = new Set<Day>();
  let refusal: Failure | null = null;
  let saves = 0;
  const saved = createSavedParts(clock, store, nameOf(days));
  /** The question of the next attempt, if this one ends now; null when nothing is left. */
  const daysLeft = (): Span | null => {
    const left = daysIn(days.start, days.end).filter((day) => !kept.has(day));
    const [first] = left;
    const last = left.at(-1);
    return first === undefined || last === undefined ? null : { start: first, end: addDays(last, 1) };
  };
  return {
    kept,
    stored,
    refusal: () => refusal,
    advanced: () => stored.size + saves > 0,
    asOf: () => Math.min(startedAt, saved.since() ?? startedAt),
    session: {
      ...order.connection.session(context),
      edition: order.filing.edition,
      keep: async (part) => {
        const refused = await write(part);
        refusal ??= refused;
        for (const day of daysIn(part.start, part.end)) {
          kept.add(day);
          if (refused === null) stored.add(day);
        }
        const left = daysLeft();
        if (left !== null) await saved.moveOn(nameOf(left));
        renew();
        // Storing a big part takes long: other requests run in between.
        await nextTurn();
      },
      resume: {
        saved: saved.saved,
        drop: saved.drop,
        save: async (part, maxAgeMs) => {
          await saved.save(part, maxAgeMs);
          saves += 1;
          renew();
        },
      },
    },
  };
};

interface SavedParts extends Resume {
  readonly since: () => number | null;
  /** Forgets what belonged to days that are handed over. Further parts belong to the question of this name. */
  moveOn(name: string): Promise<void>;
}

/** The parts are numbered from 0 without a gap. A part that cannot be stored ends them: later ones would leave a gap. */
const createSavedParts = (clock: Clock, store: Store, firstName: string): SavedParts => {
  let name = firstName;
  let count: number | null = null;
  let since: number | null = null;
  let run = clock.bytes(8).toString('hex');
  let broken = false;
  const keyOf = (index: number): string => `resume/1/${name}/${index}`;
  const read = async (index: number): Promise<z.output<typeof partSchema> | null> => {
    try {
      const bytes = await store.get(keyOf(index));
      return bytes === null ? null : partSchema.parse(JSON.parse(await unpackText(bytes)));
    } catch {
      return null;
    }
  };
  const saved = async (): Promise<readonly string[]> => {
    const parts: string[] = [];
    for (let index = 0; index < partsMax; index += 1) {
      const part = await read(index);
      if (part === null || (index > 0 && part.run !== run)) break;
      run = part.run;
      since = Math.min(since ?? part.at, part.at);
      parts.push(part.text);
    }
    count = parts.length;
    return parts;
  };
  const forget = async (): Promise<void> => {
    const known = count ?? 0;
    count = 0;
    run = clock.bytes(8).toString('hex');
    broken = false;
    // The last part goes first: what is left after a crash is still without a gap.
    for (let index = known - 1; index >= 0; index -= 1) await store.delete(keyOf(index)).catch(() => undefined);
  };
  return {
    since: () => since,
    saved,
    save: async (text, maxAgeMs) => {
      if (count === null) await saved();
      const index = count ?? 0;
      if (broken || index >= partsMax) return;
      since ??= clock.now();
      try {
        const bytes = await packText(JSON.stringify({ run, at: since, text }));
        await store.set(keyOf(index), bytes, { expiresInMs: maxAgeMs });
        count = index + 1;
      } catch {
        broken = true;
      }
    },
    drop: async () => {
      count ??= (await saved()).length;
      since = null;
      await forget();
    },
    moveOn: async (next) => {
      if (name === next) return;
      if (count !== null) await forget();
      name = next;
    },
  };
};
