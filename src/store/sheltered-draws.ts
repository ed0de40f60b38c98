import type { Clock } from '../domain/clock.ts';
import { createOwnShare } from './own-share.ts';
import { recordPending, recordSeen } from './record-draws.ts';
import type { Draw, Store, Window } from './store.ts';

/** Draws from a file that may refuse writes, or may have been replaced by a new one. */
export interface ShelteredDraws {
  inFile(counter: string, window: Window, amount: number): Promise<Draw>;
  /** Counts on from what the file says, if it can be read, or from what this process last saw of it. */
  inMemory(counter: string, window: Window, amount: number): Promise<Draw>;
  /** Writes down what was drawn in memory. */
  written(): Promise<void>;
  /** A new file lacks earlier draws: as many are counted in it as this process knows of. */
  countAgain(): Promise<void>;
}

export const createShelteredDraws = (file: () => Store, clock: Clock): ShelteredDraws => {
  const share = createOwnShare(clock, 1);
  let writing: Promise<void> | null = null;
  let counting: Promise<void> | null = null;

  /** One run at a time, so that nothing is counted twice. */
  const written = (): Promise<void> => {
    if (share.pending().length === 0) return Promise.resolve();
    writing ??= recordPending(file(), share).finally(() => {
      writing = null;
    });
    return writing;
  };

  return {
    written,
    countAgain: () => {
      counting = recordSeen(file(), share)
        .catch(() => {})
        .finally(() => {
          counting = null;
        });
      return counting;
    },
    inFile: async (counter, window, amount) => {
      await counting;
      await written();
      const draw = await file().draw(counter, window, amount);
      if (counting !== null) {
        // The file was replaced by one that did not know yet what had been drawn.
        await counting;
        const now = await file().spent(counter, window);
        return { ...now, granted: draw.granted && now.spent <= window.limit };
      }
      share.see(counter, window, draw.spent);
      if (draw.granted && amount > 0) await share.note(counter, window, amount);
      return draw;
    },
    inMemory: async (counter, window, amount) => {
      if (!share.pending().some((draws) => draws.counter === counter)) {
        const found = await file()
          .spent(counter, window)
          .catch(() => null);
        if (found !== null) share.see(counter, window, found.spent);
      }
      return share.draw(counter, window, amount);
    },
  };
};
