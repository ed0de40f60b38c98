import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { SharedRuns } from '../../../src/domain/shared-runs.ts';
import { type CachedApi, cachedApi } from './cached-api.ts';

let api: CachedApi | null = null;
const start = (...options: Parameters<typeof cachedApi>): CachedApi => {
  api = cachedApi(...options);
  return api;
};
afterEach(async () => {
  await api?.app.close();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await turn();
};

/** A handler that answers when it is told to. */
const gated = () => {
  const gate = Promise.withResolvers<void>();
  const handle: Parameters<typeof cachedApi>[0] = async ({ consumer }, run) => {
    await gate.promise;
    return { json: { run, by: consumer.name } };
  };
  return { handle, open: gate.resolve, fail: gate.reject };
};

describe('equal reads at the same time', () => {
  it('run once, and all but the first say so', async () => {
    const { handle, open } = gated();
    const { ask, runs } = start(handle);
    const pending = Array.from({ length: 1_000 }, (_, index) => ask('/v1/toys', { 'x-who': index % 2 ? 'a' : 'b' }));
    await until(() => runs() > 0);
    for (let index = 0; index < 50; index += 1) await turn();
    open();
    const answers = await Promise.all(pending);
    expect(runs()).toBe(1);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    const statuses = answers.map((answer) => answer.headers['cache-status']);
    expect(statuses.filter((status) => status === 'cost-gateway; fwd=miss')).toHaveLength(1);
    const others = statuses.filter((status) => status !== 'cost-gateway; fwd=miss');
    expect(others.every((status) => /^cost-gateway; (fwd=miss; collapsed|hit; ttl=5)$/.test(String(status)))).toBe(
      true,
    );
  });

  it('fail together, and the next one tries anew', async () => {
    const { handle, fail } = gated();
    const { ask, runs } = start(handle);
    const pending = [ask('/v1/toys'), ask('/v1/toys')];
    await until(() => runs() > 0);
    for (let index = 0; index < 10; index += 1) await turn();
    fail(new Failure('vendor-unavailable', { public: 'Down.' }));
    expect((await Promise.all(pending)).map((answer) => answer.statusCode)).toEqual([502, 502]);
    expect((await ask('/v1/toys')).statusCode).toBe(502);
    expect(runs()).toBe(2);
  });

  it('run apart for those who see other connections, have less time, or want nothing kept', async () => {
    const { handle, open } = gated();
    const { ask, runs } = start(handle);
    const pending = [
      ask('/v1/toys'),
      ask('/v1/toys', { 'x-who': 'east' }),
      ask('/v1/toys', { 'x-deadline-ms': '4000' }),
      ask('/v1/toys', { 'cache-control': 'no-cache' }),
    ];
    await until(() => runs() === 4);
    open();
    await Promise.all(pending);
  });

  it('are run again for the other consumer if the answer turns out to hold a cursor', async () => {
    const gate = Promise.withResolvers<void>();
    const { ask, runs } = start(async ({ consumer }) => {
      await gate.promise;
      return { json: { by: consumer.name, page: { nextCursor: consumer.name } } };
    });
    const pending = ['a', 'a', 'b', 'b'].map((who) => ask('/v1/toys', { 'x-who': who }));
    await until(() => runs() > 0);
    for (let index = 0; index < 10; index += 1) await turn();
    gate.resolve();
    expect((await Promise.all(pending)).map((answer) => answer.json().by)).toEqual(['a', 'a', 'b', 'b']);
    expect(runs()).toBe(2);
  });

  it('are each run if what comes can be sent only once', async () => {
    const { ask, runs } = start((_input, run) => ({ lines: [`${run}\n`] }));
    const answers = await Promise.all([ask('/v1/toys'), ask('/v1/toys')]);
    expect(answers.map((answer) => answer.body).sort()).toEqual(['1\n', '2\n']);
    expect(runs()).toBe(2);
  });
});

describe('work that several wait for', () => {
  const setUp = () => {
    const runs = new SharedRuns<string>();
    const gate = Promise.withResolvers<string>();
    const signals: AbortSignal[] = [];
    const callers = [new AbortController(), new AbortController(), new AbortController()];
    const join = ({ signal: leaving }: { readonly signal: AbortSignal }) =>
      runs.run('key', leaving, (signal) => {
        signals.push(signal);
        return gate.promise;
      });
    return { runs, gate, signals, callers, join };
  };

  it('goes on when the first of them leaves', async () => {
    const { gate, signals, callers, join } = setUp();
    const [first, second] = callers.map(join);
    callers[0]?.abort();
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    gate.resolve('done');
    expect(await second).toEqual({ value: 'done', joined: true });
    expect(await first).toEqual({ value: 'done', joined: false });
  });

  it('stops when the last of them leaves, and whoever comes then starts anew', async () => {
    const { gate, signals, callers, join } = setUp();
    const [one, two, late] = callers;
    const pending = [one, two].flatMap((caller) => (caller === undefined ? [] : [join(caller)]));
    one?.abort();
    two?.abort(new Error('gone'));
    expect(signals[0]?.aborted).toBe(true);
    expect(signals[0]?.reason).toEqual(new Error('gone'));
    if (late !== undefined) pending.push(join(late));
    expect(signals).toHaveLength(2);
    expect(signals[1]?.aborted).toBe(false);
    gate.resolve('done');
    await Promise.all(pending);
  });

  it('never starts to count for one who had left before', async () => {
    const { gate, signals, join } = setUp();
    const pending = join({ signal: AbortSignal.abort('early') });
    expect(signals[0]?.aborted).toBe(true);
    gate.resolve('done');
    await pending;
  });
});
