import { providers } from '../../../providers/index.ts';
import { createMemoryStore } from '../../../src/store/memory.ts';
import { type RunningApp, startApp } from '../../support/app.ts';
import { pinnedClock } from '../../support/pinned-clock.ts';
import { toy } from '../../support/toy-provider.ts';

export const workerClock = pinnedClock();
export const workerStore = createMemoryStore(workerClock);

let running: Promise<RunningApp> | null = null;

const open = async (): Promise<RunningApp> => {
  const app = await startApp([...providers, toy], {
    clock: workerClock,
    store: workerStore,
    // The first answer about anomalies reads a year of every sandbox; a busy machine takes its time.
    requestDeadlineMs: 60_000,
  });
  app.services.readiness.ready();
  return app;
};

/** The whole app over every sandbox, for tests that only read: one for all files of a worker, and closed with it. */
export const openWorkerApp = (): Promise<RunningApp> => {
  running ??= open();
  return running;
};
