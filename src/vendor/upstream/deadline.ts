import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { runWithin } from './call/abort.ts';
import type { Policy } from './call/call.ts';

const queueRetryAfterMs = 1000;

const deadlinePassed = (): Failure =>
  new Failure('deadline-exceeded', { public: 'The deadline of this request passed before the vendor answered.' });
/** The vendor never received the call, so it is not the vendor that was slow. */
const deadlinePassedInQueue = (): Failure =>
  new Failure('overloaded', {
    public: 'Too many requests wait for this vendor: the deadline passed before this one could be sent.',
    retryAfterMs: queueRetryAfterMs,
    effect: 'never',
  });
const cancelledByCaller = (): Failure =>
  new Failure('deadline-exceeded', { public: 'The caller cancelled the request before the vendor answered.' });

/** Ends the call at its deadline, or when its caller cancels it. A call whose deadline has passed is not started. */
export const deadline =
  (clock: Clock): Policy =>
  (next) =>
  async (call) => {
    const milliseconds = call.deadline - clock.monotonic();
    if (milliseconds <= 0) throw deadlinePassed();
    const onTimeout = () => (call.progress.queued ? deadlinePassedInQueue() : deadlinePassed());
    const limits = { clock, parent: call.signal, milliseconds, onTimeout, onParentAbort: cancelledByCaller };
    return runWithin(limits, (signal) => next({ ...call, signal }));
  };
