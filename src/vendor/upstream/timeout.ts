import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { runWithin } from './call/abort.ts';
import type { Policy } from './call/call.ts';

/** Ends one attempt that takes too long as a whole: connecting, waiting and reading count together. */
export const timeout =
  (timeoutMs: number, clock: Clock): Policy =>
  (next) =>
  (call) => {
    const milliseconds = call.request.timeoutMs ?? timeoutMs;
    const onTimeout = () =>
      new Failure('vendor-timeout', {
        public: `The vendor did not answer within ${milliseconds / 1000} s.`,
        internal: `${call.request.operation}: no complete answer after ${milliseconds} ms`,
      });
    const limits = { clock, parent: call.signal, milliseconds, onTimeout };
    return runWithin(limits, (signal) => next({ ...call, signal }));
  };
