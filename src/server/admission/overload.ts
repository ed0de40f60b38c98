import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import type { OperationEntry } from '../operation/operation.ts';
import { createGate, type GateLimits, overloaded } from './gate.ts';
import { type LoadClass, loadClassOf } from './load-class.ts';
import { openLoopMonitor } from './loop-monitor.ts';

/** The parts of a request to an operation that decide when it runs. */
export interface Turn {
  readonly operation: OperationEntry;
  readonly input: { readonly consumer: Consumer; readonly deadline: number; readonly signal: AbortSignal };
  readonly request: Pick<FastifyRequest, 'headers'>;
}

export interface Overload {
  /** Called before the body is read. Rejects requests that the event loop is too late to serve. */
  admit(operation: OperationEntry, request: Pick<FastifyRequest, 'headers'>): void;
  /** Runs the work when its turn comes. Belongs inside the answer cache: a cached answer needs no turn. */
  around(turn: Turn, run: () => Promise<SendableAnswer>): Promise<SendableAnswer>;
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

const defaultLimits: GateLimits = { running: 256, queued: 256, waitMsMax: 1_000, share: 0.75 };

/** A load class is rejected from this event loop delay on. */
const delayMsMax = {
  health: Number.POSITIVE_INFINITY,
  cached: 1_000,
  read: 400,
  write: 200,
  native: 150,
  export: 100,
} as const satisfies Record<LoadClass, number>;

const secondMs = 1_000;
const busyFromDefault = 20;

/** Counts an arrival. Returns the requests of this second or of the one before, whichever is more. */
const openArrivals = (clock: Clock) => {
  let secondStart = Number.NEGATIVE_INFINITY;
  let count = 0;
  let last = 0;
  return (): number => {
    const now = clock.monotonic();
    if (now - secondStart >= secondMs) {
      last = now - secondStart < 2 * secondMs ? count : 0;
      count = 0;
      secondStart = now;
    }
    count += 1;
    return Math.max(count, last);
  };
};

/** The name that all callers share without authentication. */
const anonymousName = 'anonymous';

export const openOverload = ({ clock, limits, busyFrom = busyFromDefault }: OverloadOptions): Overload => {
  const arrive = openArrivals(clock);
  const gate = createGate({ ...defaultLimits, ...limits }, clock);
  const monitor = openLoopMonitor(clock);
  let shed = 0;

  return {
    admit: (operation, request) => {
      const busy = arrive() >= busyFrom;
      if (monitor.delayMs() < delayMsMax[loadClassOf(operation, request)] || !busy) return;
      shed += 1;
      throw overloaded('The gateway is overloaded; the least urgent requests are rejected first.');
    },
    around: async ({ operation, input, request }, run) => {
      const { consumer, deadline, signal } = input;
      const loadClass = loadClassOf(operation, request);
      const gateRequest = {
        loadClass,
        consumer: consumer.name === anonymousName ? null : consumer.name,
        deadline,
        signal,
      };
      const release = await gate.enter(gateRequest).catch((thrown: unknown) => {
        shed += 1;
        throw thrown;
      });
      try {
        return await run();
      } finally {
        release();
      }
    },
    state: () => ({ running: gate.running, queued: gate.queued, loopDelayMs: monitor.delayMs(), shed }),
    close: monitor.stop,
  };
};
