import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import { waitingForTurns } from '../../domain/turns.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import type { OperationEntry } from '../operation/operation.ts';
import { openArrivals } from './arrivals.ts';
import { whoAsks } from './client-address.ts';
import { createGate, type GateLimits, overloaded } from './gate.ts';
import { type LoadClass, loadClassOf } from './load-class.ts';
import { openLoopMonitor } from './loop-monitor.ts';
import { openLoopTime } from './loop-time.ts';
import { openPace } from './pace.ts';
import { openRunningLimit } from './running-limit.ts';

/** Who asks: a consumer, or an address where consumers are not told apart. */
export type Asking = Pick<FastifyRequest, 'headers' | 'ip'> & { readonly consumer: Consumer | null };

/** The parts of a request to an operation that decide when it runs. */
export interface Turn {
  readonly operation: OperationEntry;
  readonly input: { readonly consumer: Consumer; readonly deadline: number; readonly signal: AbortSignal };
  readonly request: Pick<FastifyRequest, 'headers' | 'ip'>;
}

export interface Overload {
  /** Called before the body is read. Rejects requests that the event loop is too late to serve. */
  admit(operation: OperationEntry, request: Asking): void;
  /** Called for every new connection. */
  connected(): void;
  /** Called for every request. */
  asked(): void;
  /** Called before anything is read, with the name from `whoAsks`: whether a read that is not cached is sure to be rejected. */
  isHopeless(who: string | null, loadClass: LoadClass): boolean;
  /** Whether who asks used no more than its share of the event loop's time; true for who is not known yet. */
  isWithinShare(who: string | null): boolean;
  /** Counts a request that was rejected elsewhere, and the time that this takes. */
  noteRefused(who: string | null, isShed: boolean): void;
  /** Counts the time of the event loop that the work takes as that of who asks. */
  within<Value>(request: Asking, work: () => Value): Value;
  /** Runs the work when its turn comes. Belongs inside the answer cache: a cached answer needs no turn. */
  around(turn: Turn, run: () => Promise<SendableAnswer>): Promise<SendableAnswer>;
  /** For how long a request that is seen now may have waited before. */
  unseenMs(): number;
  /** For metrics. */
  state(): { readonly running: number; readonly queued: number; readonly loopDelayMs: number; readonly shed: number };
  close(): void;
}

export interface OverloadOptions {
  readonly clock: Clock;
  readonly limits?: Partial<GateLimits>;
  /** Requests per second from which a late event loop counts as overload. Below, one heavy request is the cause. */
  readonly busyFrom?: number;
}

const runningLimits = { least: 4, most: 256 };
/** How many may wait for each that runs, under load: more would not have their turn in time. */
const queuedForEach = 2;
const queuedLeast = 16;
const defaultLimits = { queued: 256, waitMsMax: 10_000, share: 0.75 };

/** A load class is rejected from this event loop delay on. */
const delayMsMax = {
  health: Number.POSITIVE_INFINITY,
  cached: 1_000,
  read: 400,
  write: 200,
  native: 150,
  export: 100,
} as const satisfies Record<LoadClass, number>;
/** One within its share is rejected only when the loop is this many times later. */
const patience = 10;

const busyFromDefault = 20;

export const openOverload = ({ clock, limits = {}, busyFrom = busyFromDefault }: OverloadOptions): Overload => {
  const arrive = openArrivals(clock);
  const loopTime = openLoopTime(clock);
  const pace = openPace(clock);
  const runningLimit = openRunningLimit(runningLimits);
  const { queued, waitMsMax, share } = { ...defaultLimits, ...limits };
  const gateLimits: GateLimits = {
    get running() {
      return limits.running ?? runningLimit.max;
    },
    queued,
    get queuedUnderLoad() {
      return Math.max(queuedLeast, runningLimit.max * queuedForEach);
    },
    waitMsMax,
    share,
  };
  const gate = createGate(gateLimits, clock, loopTime);
  const monitor = openLoopMonitor(clock, (lateMs) => {
    const wanted = gate.queued > 0 && pace.waiting === 0;
    runningLimit.observe({ lateMs, waiting: waitingForTurns(clock), wanted });
    gate.open();
    // Goes on measuring: what runs may wait for a vendor, so that more could run.
    if (gate.queued > 0) monitor.delayMs();
  });
  const isWithinShare = (who: string | null): boolean => who === null || loopTime.isWithin(who);
  let shed = 0;
  const noteShed = (): void => {
    shed += 1;
  };

  return {
    connected: pace.connected,
    asked: pace.asked,
    noteRefused: (who, isShed) => {
      if (isShed) noteShed();
      if (who !== null) loopTime.turnTo(who);
    },
    admit: (operation, request) => {
      const busy = arrive() >= busyFrom;
      const delayMs = monitor.delayMs();
      const delayMax = delayMsMax[loadClassOf(operation, request)];
      if (delayMs < delayMax || !busy) return;
      if (delayMs < delayMax * patience && loopTime.isWithin(whoAsks(request.consumer, request.ip))) return;
      noteShed();
      throw overloaded('The gateway is overloaded; the least urgent requests are rejected first.');
    },
    isWithinShare,
    isHopeless: (who, loadClass) => who !== null && gate.wouldReject({ consumer: who, loadClass }),
    within: (request, work) => loopTime.run(whoAsks(request.consumer, request.ip), work),
    around: async ({ operation, input, request }, run) => {
      const { consumer, deadline, signal } = input;
      const loadClass = loadClassOf(operation, request);
      const gateRequest = { loadClass, consumer: whoAsks(consumer, request.ip), deadline, signal };
      const release = await gate.enter(gateRequest).catch((thrown: unknown) => {
        noteShed();
        throw thrown;
      });
      try {
        if (loadClass !== 'health') await pace.next();
        return await run();
      } finally {
        release();
      }
    },
    unseenMs: monitor.unseenMs,
    state: () => ({ running: gate.running, queued: gate.queued, loopDelayMs: monitor.delayMs(), shed }),
    close: () => {
      monitor.stop();
      loopTime.close();
    },
  };
};
