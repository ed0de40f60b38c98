import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { within } from './abort.ts';
import type { Policy } from './call.ts';

/** Ends one attempt that takes too long, wherever in it the time went: connecting, waiting, or reading drop by drop. */
export const timeout =
  (timeoutMs: number, clock: Clock): Policy =>
  (next) =>
  (call) => {
    const milliseconds = call.request.timeoutMs ?? timeoutMs;
    const whenOver = () =>
      new Failure('vendor-timeout', {
        public: `The vendor did not answer within ${milliseconds / 1000} s.`,
        internal: `${call.request.operation}: no whole answer after ${milliseconds} ms`,
      });
    return within({ clock, parent: call.signal, milliseconds, whenOver }, (signal) => next({ ...call, signal }));
  };
