import { z } from 'zod';
import type { Clock } from '../domain/clock.ts';
import { type OnState, openRedisLink, type StoreState } from './redis-link.ts';
import { type Script, scripts } from './redis-scripts.ts';
import { checkAmount } from './rolling-window.ts';
import type { Draw, Store, Window } from './store.ts';

export type { OnState, StoreState } from './redis-link.ts';

export interface RedisStoreOptions {
  /** In plain text; it may contain a password. */
  readonly url: string;
  readonly clock: Clock;
  readonly onState?: OnState;
  /** The store lost what it held: it was flushed, or came back empty. Called once for each time. */
  readonly onEmptied?: () => void;
  /** Before every key; the number is the layout's version. */
  readonly prefix?: string;
  /** The clock for windows, expiries and leases. Replicas share the server's; tests use their own. */
  readonly time?: 'server' | 'clock';
}

/** A store that can be lost: then every method throws, the first time after 150 ms at most and at once from then on. */
export interface SharedStore extends Store {
  state(): StoreState;
  /** Looks whether the store is still the one that this process knows. */
  checkEpoch?(): Promise<void>;
}

/** The store has lost what was drawn. Nothing was drawn now. */
export class StoreEmptied extends Error {}

const bytesReplySchema = z.instanceof(Buffer).nullable();
const doneSchema = z.number().transform((number) => number === 1);
const namesSchema = z.array(z.instanceof(Buffer));
const drawReplySchema = z.tuple([z.number(), z.number(), z.number()]).nullable();
const epochSchema = z.instanceof(Buffer).transform((bytes) => bytes.toString('utf8'));
const generationReplySchema = z.instanceof(Buffer).nullable();

/** How soon every replica notices that the store was emptied. */
const epochCheckMs = 1_000;

const noBytes = new Uint8Array();

/** Shared by all replicas that use the same Redis. */
export const openRedisStore = (options: RedisStoreOptions): SharedStore => {
  const { clock } = options;
  const prefix = options.prefix ?? 'cg1:';
  const ofServer = options.time !== 'clock';
  const entryPrefix = `${prefix}entry:`;
  const index = `${prefix}index`;
  const ends = `${prefix}ends`;
  const link = openRedisLink({
    url: options.url,
    clock,
    onState: options.onState ?? (() => {}),
    probeKey: `${prefix}probe`,
  });

  const run = (script: Script, keys: readonly string[], ...values: (string | Uint8Array)[]): Promise<unknown> =>
    link.run(script, keys, [ofServer ? '' : String(Math.floor(clock.now())), ...values]);
  const onEntry = (script: Script, key: string, ...values: (string | Uint8Array)[]): Promise<unknown> =>
    run(script, [`${entryPrefix}${key}`, index, ends], key, ...values);
  const lifetimeText = (milliseconds: number | undefined): string =>
    milliseconds === undefined || milliseconds === Number.POSITIVE_INFINITY ? '-' : String(Math.ceil(milliseconds));

  let epoch: string | null = null;
  const checkEpoch = async (): Promise<string> => {
    const fresh = clock.bytes(12).toString('hex');
    const found = epochSchema.parse(await run(scripts.epoch, [`${prefix}epoch`], fresh));
    const emptied = epoch !== null && found !== epoch;
    epoch = found;
    if (emptied) options.onEmptied?.();
    return found;
  };
  /** Another replica, or nobody, may notice first that the store was emptied: each of them looks by itself. */
  let stopLooking = () => {};
  const lookLater = (): void => {
    stopLooking = clock.after(epochCheckMs, () => {
      lookLater();
      if (link.state() === 'ok') void checkEpoch().catch(() => undefined);
    });
  };
  lookLater();

  const judge = async (counter: string, { limit, windowMs }: Window, amount: number): Promise<Draw> => {
    checkAmount(amount);
    const known = epoch ?? (await checkEpoch());
    const keys = [`${prefix}draws:${counter}`, `${prefix}draw-number`, `${prefix}epoch`];
    const reply = await run(scripts.draw, keys, String(limit), String(Math.ceil(windowMs)), String(amount), known);
    const judged = drawReplySchema.parse(reply);
    if (judged === null) {
      await checkEpoch();
      throw new StoreEmptied('the store was emptied');
    }
    const [granted, spent, freeInMs] = judged;
    return { granted: granted === 1, spent, freeInMs };
  };

  return {
    kind: 'redis',
    durable: true,
    state: link.state,
    checkEpoch: async () => {
      await checkEpoch();
    },
    get: async (key) => bytesReplySchema.parse(await onEntry(scripts.get, key)),
    set: async (key, value, more) => {
      await onEntry(scripts.set, key, lifetimeText(more?.expiresInMs), value, entryPrefix);
    },
    compareAndSet: async (key, expected, next, more) => {
      const lifetime = lifetimeText(more?.expiresInMs);
      const condition = [expected === null ? '0' : '1', expected ?? noBytes];
      return doneSchema.parse(await onEntry(scripts.compareAndSet, key, lifetime, next, entryPrefix, ...condition));
    },
    delete: async (key) => {
      await onEntry(scripts.delete, key);
    },
    keys: async (begin, limit, after = '') => {
      const names = await run(scripts.keys, [index, ends], begin, String(limit), entryPrefix, after);
      return namesSchema.parse(names).map((name) => name.toString('utf8'));
    },
    draw: judge,
    spent: (counter, window) => judge(counter, window, 0),
    acquire: async (lease, durationMs) => {
      const key = `${prefix}lease:${lease}`;
      const keys = [key, `${prefix}generation`];
      const text = generationReplySchema.parse(await run(scripts.acquire, keys, String(Math.ceil(durationMs))));
      if (text === null) return null;
      return {
        generation: Number(text.toString()),
        release: async () => {
          await run(scripts.release, [key], text);
        },
      };
    },
    close: async () => {
      stopLooking();
      await link.close();
    },
  };
};
