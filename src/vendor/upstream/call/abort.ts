import type { Clock } from '../../../domain/clock.ts';

/** The work's result, or the signal's reason if that aborts first; the result of the work is then ignored. */
export const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

export interface RunLimits {
  readonly clock: Clock;
  readonly parent: AbortSignal;
  /** Infinite: only the parent ends the work. */
  readonly milliseconds: number;
  readonly onTimeout: () => Error;
  /** The reason to pass on when the parent aborts; its own when absent. */
  readonly onParentAbort?: () => Error;
}

/** Runs the work under a signal that aborts with its parent or after the time. */
export const runWithin = async <T>(limits: RunLimits, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const { clock, parent, milliseconds, onTimeout, onParentAbort } = limits;
  const controller = new AbortController();
  const abort = () => controller.abort(onParentAbort?.() ?? parent.reason);
  if (parent.aborted) abort();
  controller.signal.throwIfAborted();
  parent.addEventListener('abort', abort, { once: true });
  const cancel =
    milliseconds === Number.POSITIVE_INFINITY
      ? () => {}
      : clock.after(milliseconds, () => controller.abort(onTimeout()));
  try {
    return await orAborted(work(controller.signal), controller.signal);
  } finally {
    cancel();
    parent.removeEventListener('abort', abort);
  }
};
