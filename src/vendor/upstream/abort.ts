import type { Clock } from '../../domain/clock.ts';

/** The work's result, or the signal's reason if that ends first; what the work does afterwards is nobody's concern. */
export const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });

export interface Bounds {
  readonly clock: Clock;
  readonly parent: AbortSignal;
  /** Infinite: only the parent ends the work. */
  readonly milliseconds: number;
  /** Told which signal it ends, since by that others may know what the work was waiting for. */
  readonly whenOver: (signal: AbortSignal) => Error;
  /** The reason to pass on when the parent ends; its own when absent. */
  readonly whenParentEnds?: () => Error;
}

/** Runs the work under a signal that ends with its parent or after the time. */
export const within = async <T>(bounds: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const { clock, parent, milliseconds, whenOver, whenParentEnds } = bounds;
  const controller = new AbortController();
  const follow = () => controller.abort(whenParentEnds?.() ?? parent.reason);
  if (parent.aborted) follow();
  controller.signal.throwIfAborted();
  parent.addEventListener('abort', follow, { once: true });
  const cancel =
    milliseconds === Number.POSITIVE_INFINITY
      ? () => {}
      : clock.after(milliseconds, () => controller.abort(whenOver(controller.signal)));
  try {
    return await orAborted(work(controller.signal), controller.signal);
  } finally {
    cancel();
    parent.removeEventListener('abort', follow);
  }
};
