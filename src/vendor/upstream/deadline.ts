import type { Clock } from '../../domain/clock.ts';
import { Failure } from '../../domain/failure/failure.ts';
import { within } from './abort.ts';
import type { Policy } from './call.ts';
import { isQueued } from './marks.ts';
import { waitedInVain } from './slots.ts';

const passed = (): Failure =>
  new Failure('deadline-exceeded', { public: 'The time for this request ran out before the vendor had answered.' });
const left = (): Failure =>
  new Failure('deadline-exceeded', {
    public: 'The request was given up by its caller before the vendor had answered.',
  });

/** Nobody waits longer than they said, nor is anything begun for somebody who has left. */
export const deadline =
  (clock: Clock): Policy =>
  (next) =>
  async (call) => {
    const milliseconds = call.deadline - clock.monotonic();
    if (milliseconds <= 0) throw passed();
    const whenOver = (signal: AbortSignal) => (isQueued(signal) ? waitedInVain() : passed());
    return within({ clock, parent: call.signal, milliseconds, whenOver, whenParentEnds: left }, (signal) =>
      next({ ...call, signal }),
    );
  };
