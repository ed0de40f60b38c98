import { PerformanceObserver, performance } from 'node:perf_hooks';

/** Two turns of the event loop that follow each other: when, and what the main thread did between them. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly processorMs: number;
}

export interface Blocks {
  /** The longest time between two turns of the event loop. */
  readonly wallMs: number;
  /** The most that the main thread worked between two turns, by its processor time: other processes do not count. */
  readonly processorMs: number;
  /** The same without garbage collection. */
  readonly ownMs: number;
  /** The longest garbage collection. */
  readonly collectionMs: number;
}

export interface LoopWatch {
  end(): Promise<Blocks>;
}

const threadMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Watches for blocks of this process's event loop, by a timer that is due in every turn. */
export const watchLoop = (): LoopWatch => {
  const collections: { readonly from: number; readonly to: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      collections.push({ from: startTime, to: startTime + duration });
  });
  observer.observe({ entryTypes: ['gc'] });
  const gaps: Gap[] = [];
  let last = performance.now();
  let lastThreadMs = threadMs();
  const look = (): void => {
    const now = performance.now();
    const spent = threadMs();
    gaps.push({ from: last, to: now, processorMs: spent - lastThreadMs });
    last = now;
    lastThreadMs = spent;
  };
  const timer = setInterval(look, 1);
  return {
    end: async () => {
      look();
      clearInterval(timer);
      // Entries of collections are delivered in a later turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
      observer.disconnect();
      const collected = ({ from, to }: Gap): number =>
        collections.reduce((sum, each) => sum + Math.max(0, Math.min(to, each.to) - Math.max(from, each.from)), 0);
      const most = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), 0);
      return {
        wallMs: most(gaps.map(({ from, to }) => to - from)),
        processorMs: most(gaps.map(({ processorMs }) => processorMs)),
        ownMs: most(gaps.map((gap) => gap.processorMs - collected(gap))),
        collectionMs: most(collections.map(({ from, to }) => to - from)),
      };
    },
  };
};
