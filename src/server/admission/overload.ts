import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../domain/clock.ts';
import type { Consumer } from '../../domain/consumer.ts';
import type { SendableAnswer } from '../operation/answer.ts';
import type { OperationEntry } from '../operation/operation.ts';
import { type GateLimits, openGate, overloaded } from './gate.ts';
import { type LoadClass, loadClassOf } from './load-class.ts';
import { openLoopMonitor } from './loop-monitor.ts';

/** One request to one operation, in as much as its turn depends on it. */
export interface Turn {
  readonly operation: OperationEntry;
  readonly input: { readonly consumer: Consumer; readonly deadline: number; readonly signal: AbortSignal };
  readonly request: Pick<FastifyRequest, 'headers'>;
}

export interface Overload {
  /** At the door, before a body is read: turns away what an event loop that is late cannot serve. */
  admit(operation: OperationEntry, request: Pick<FastifyRequest, 'headers'>): void;
  /** Around the work itself: inside of a cache, so that what is kept needs no turn. */
  around(turn: Turn, run: () => Promise<SendableAnswer>): Promise<SendableAnswer>;
  /** For metrics. */
  state(): { readonly running: number; readonly queued: number; readonly loopDelayMs: number; readonly shed: number };
  close(): void;
}

export interface OverloadOptions {
  readonly clock: Clock;
  readonly limits?: Partial<GateLimits>;
  /** With fewer requests a second a late event loop is one heavy request's doing, not that of too many. */
  readonly busyFrom?: number;
}

const defaultLimits: GateLimits = { running: 256, queued: 256, waitMsMax: 1_000, share: 0.75 };

/** From this delay of the event loop on, a class is turned away. What is kept already is found only behind the door. */
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

/** Requests in the second that was over last, or in the one that is under way. */
const openArrivals = (clock: Clock) => {
  let begun = Number.NEGATIVE_INFINITY;
  let count = 0;
  let last = 0;
  return (): number => {
    const now = clock.monotonic();
    if (now - begun >= secondMs) {
      last = now - begun < 2 * secondMs ? count : 0;
      count = 0;
      begun = now;
    }
    count += 1;
    return Math.max(count, last);
  };
};

/** Without authentication everybody has this name: nobody can be told from anybody else. */
const nobody = 'anonymous';

export const openOverload = ({ clock, limits, busyFrom = busyFromDefault }: OverloadOptions): Overload => {
  const arrive = openArrivals(clock);
  const gate = openGate({ ...defaultLimits, ...limits }, clock);
  const monitor = openLoopMonitor(clock);
  let shed = 0;

  return {
    admit: (operation, request) => {
      const busy = arrive() >= busyFrom;
      if (monitor.delayMs() < delayMsMax[loadClassOf(operation, request)] || !busy) return;
      shed += 1;
      throw overloaded('The gateway is behind with its work; what is least urgent is turned away first.');
    },
    around: async ({ operation, input, request }, run) => {
      const { consumer, deadline, signal } = input;
      const loadClass = loadClassOf(operation, request);
      const entrant = { loadClass, consumer: consumer.name === nobody ? null : consumer.name, deadline, signal };
      const leave = await gate.enter(entrant).catch((thrown: unknown) => {
        shed += 1;
        throw thrown;
      });
      try {
        return await run();
      } finally {
        leave();
      }
    },
    state: () => ({ running: gate.running, queued: gate.queued, loopDelayMs: monitor.delayMs(), shed }),
    close: monitor.stop,
  };
};
