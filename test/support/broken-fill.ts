import { createMemoryStore } from '../../src/store/memory.ts';
import type { Provider, StartSandbox } from '../../src/vendor/contract/provider.ts';
import { allCostsOf, type CostAnswerBody } from './answers.ts';
import { type RunningApp, startApp } from './app.ts';
import { type LineFault, startBreakingLine } from './breaking-line.ts';
import { HastyClock } from './hasty-clock.ts';
import { connectTo } from './session.ts';
import { severable } from './severed-store.ts';
import { createFillWatch, type FillWatch } from './watched-fills.ts';

/** Closed months, so that nothing of them is refreshed while they are read. */
const asked = { start: '2026-08-01', end: '2026-11-01', granularity: 'daily', groupBy: 'service' };
/** More than any fault asks for. */
const waitMs = 31_000;
const roundsMax = 400;

export interface BrokenFill {
  readonly answer: CostAnswerBody;
  readonly fills: FillWatch;
  /** Requests at which the line broke. */
  readonly breaks: number;
  /** Questions until the answer was complete. */
  readonly rounds: number;
}

export interface Breaking {
  readonly fault: LineFault;
  /** The line breaks at every so manieth request that a fill has not sent before, */
  readonly every: number;
  /** counted from this one. */
  readonly from: number;
}

/**
 * Asks for three months until the answer is complete, over a line that breaks at requests of the fill, each time for
 * the rest of the round. A request left hanging is the end of the process: another one begins over the same store.
 */
export const fillOver = async (
  provider: Provider,
  start: StartSandbox,
  breaking: Breaking | null,
): Promise<BrokenFill> => {
  const clock = new HastyClock('2026-11-21T10:00:00Z');
  const shared = createMemoryStore(clock);
  const sandbox = await start({ clock });
  const fills = createFillWatch();
  const seen = new Set<string>();
  let breaks = 0;
  const line = await startBreakingLine({
    target: sandbox.url,
    fault: breaking?.fault ?? 'status',
    breaksAt: (request) => {
      if (breaking === null || seen.has(request) || !fills.announced.has(request)) return false;
      seen.add(request);
      const due = (seen.size - 1) % breaking.every === breaking.from % breaking.every;
      if (due) breaks += 1;
      return due;
    },
  });
  const settings = Object.fromEntries(
    Object.entries(sandbox.settings).map(([name, value]) => [name, value.replace(sandbox.url, line.url)]),
  );
  const connector = fills.watch(connectTo(provider, { ...sandbox, settings }));
  const { id, title } = provider;
  const endpoints = [{ id, provider: id, title, sandbox: false, connector }];

  const open = async () => {
    const { store, sever } = severable(shared);
    return { app: await startApp([], { endpoints, clock, store }), sever };
  };
  const ask = (app: RunningApp): Promise<CostAnswerBody | null> => allCostsOf(app, asked).catch(() => null);

  let { app, sever } = await open();
  try {
    for (let rounds = 1; rounds < roundsMax; rounds += 1) {
      const answer = await Promise.race([ask(app), line.hung().then(() => 'ended' as const)]);
      if (answer === 'ended') {
        sever();
        await app.close();
        ({ app, sever } = await open());
      } else if (answer?.meta.complete === true) return { answer, fills, breaks, rounds };
      line.mend();
      for (const { upstream } of app.connections) await upstream.reset();
      await clock.advance(waitMs);
    }
    throw new TypeError(`${id} did not answer wholly in ${roundsMax} rounds`);
  } finally {
    await app.close();
    await line.close();
    await sandbox.close();
  }
};
