import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.ts';
import { entriesMax } from '../../domain/entries-max.ts';
import type { Failure } from '../../domain/failure/failure.ts';
import { overloaded } from './gate.ts';
import type { LoadClass } from './load-class.ts';
import { openLoopTurns } from './loop-turns.ts';

/** That the limit of a caller is used up. */
export interface UsedLimit {
  /** A value of the monotonic clock. */
  readonly freeAt: number;
  readonly failure: (resetInMs: number) => Failure;
  readonly headers: (resetInMs: number) => Readonly<Record<string, string>>;
}

export interface DoorOptions {
  readonly clock: Clock;
  /** Whether `X-Forwarded-For` may say who the client is. */
  readonly trustsProxy: boolean;
  /** The first segments of the paths of operations that need a credential. */
  readonly segments: ReadonlySet<string>;
  /** Whether a request that is not answered from the cache is sure to be rejected. Null: it is not known who asks. */
  readonly isHopeless: (who: string | null, loadClass: LoadClass) => boolean;
  readonly isWithinShare: (who: string | null) => boolean;
  /** Leaves a request to the server. */
  readonly passes: (request: IncomingMessage) => boolean;
  readonly refuse: (
    request: IncomingMessage,
    response: ServerResponse,
    failure: Failure,
    headers: Readonly<Record<string, string>>,
    who: string | null,
  ) => void;
}

/** Refuses requests that are sure to be refused, before they cost more than their refusal. */
export interface Door {
  /** True if the request has been answered. */
  readonly answers: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** `who`: by whom the request is counted, after authentication. */
  readonly knows: (request: IncomingMessage, who: string) => void;
  readonly limits: (request: IncomingMessage, limit: UsedLimit) => void;
  /** The request was answered with what is stored until then. */
  readonly stored: (request: IncomingMessage, until: number) => void;
}

interface Caller {
  who: string | null;
  limit: UsedLimit | null;
  /** Until when the limit need not be asked for again. */
  limitedUntil: number;
}

const callersMax = 10_000;
const storedMax = 10_000;
/** Then the limit is asked for again: it may be counted elsewhere as well. */
const rememberedMs = 1_000;
/** A turn of the event loop takes this many requests whatever they cost, and more while it has lasted less than this. */
const requestsPerTurn = 32;
const turnMsMax = 20;

const segmentOf = (url: string): string => {
  const end = url.indexOf('/', 1);
  return end === -1 ? '' : url.slice(1, end);
};

const noHeaders = {};
const busy = overloaded('The gateway is overloaded; whoever used it most is rejected first.');

export const openDoor = (options: DoorOptions): Door => {
  const { clock, isHopeless, isWithinShare } = options;
  const callers = new LRUCache<string, Caller>(entriesMax(callersMax));
  const storedUntil = new LRUCache<string, number>(entriesMax(storedMax));
  const turns = openLoopTurns(clock);

  /** Requests with the same key have the same caller. A hash, because it is made of credentials. */
  const keyOf = ({ socket, headers }: IncomingMessage): string =>
    hash(
      'sha256',
      `${socket.remoteAddress}\n${options.trustsProxy ? headers['x-forwarded-for'] : ''}\n${headers.authorization}\n${headers['x-api-key']}`,
      'base64',
    );
  const callerOf = (request: IncomingMessage): Caller => {
    const key = keyOf(request);
    const known = callers.get(key);
    if (known !== undefined) return known;
    const made: Caller = { who: null, limit: null, limitedUntil: 0 };
    callers.set(key, made);
    return made;
  };
  const isStored = ({ method, url }: IncomingMessage): boolean =>
    method === 'GET' && (storedUntil.get(url ?? '') ?? 0) > clock.monotonic();

  return {
    answers: (request, response) => {
      const { url = '', method, headers } = request;
      if (!options.segments.has(segmentOf(url)) || method === 'OPTIONS') return false;
      // The server adds what pages of other origins need to read the refusal.
      if (headers.origin !== undefined || options.passes(request)) return false;
      const turn = turns.arrive();
      const caller = callers.get(keyOf(request));
      const who = caller?.who ?? null;
      if (caller?.limit != null && clock.monotonic() < caller.limitedUntil) {
        const resetInMs = Math.max(1, caller.limit.freeAt - clock.monotonic());
        options.refuse(request, response, caller.limit.failure(resetInMs), caller.limit.headers(resetInMs), who);
        return true;
      }
      const late = turn.count > requestsPerTurn && turn.lastsMs > turnMsMax && !isWithinShare(who);
      if (!late && (!isHopeless(who, method === 'GET' || method === 'HEAD' ? 'read' : 'write') || isStored(request)))
        return false;
      options.refuse(request, response, busy, noHeaders, who);
      return true;
    },
    knows: (request, who) => {
      callerOf(request).who = who;
    },
    limits: (request, limit) => {
      const caller = callerOf(request);
      caller.limit = limit;
      caller.limitedUntil = Math.min(limit.freeAt, clock.monotonic() + rememberedMs);
    },
    stored: ({ url = '' }, until) => void storedUntil.set(url, until),
  };
};
