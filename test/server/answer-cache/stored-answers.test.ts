import { afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure/failure.ts';
import { type CachedApi, cachedApi, fresh } from './cached-api.ts';

let api: CachedApi | null = null;
const start = (...options: Parameters<typeof cachedApi>): CachedApi => {
  api = cachedApi(...options);
  return api;
};
afterEach(async () => {
  await api?.app.close();
});
const counting = (_input: unknown, run: number) => ({ json: { run } });
const answer = (complete: boolean, run: number) => ({ json: { run, meta: { complete, providers: [fresh] } } });
const runOf = async (pending: ReturnType<CachedApi['ask']>): Promise<number> => (await pending).json().run;

describe('a stored answer', () => {
  it('is given again for a short time', async () => {
    const { ask, clock } = start(counting);
    expect(await runOf(ask('/v1/toys'))).toBe(1);
    await clock.advance(4_999);
    expect(await runOf(ask('/v1/toys'))).toBe(1);
    await clock.advance(1);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });

  it('does not live longer because the wall clock was set back', async () => {
    const { ask, clock } = start(counting);
    await ask('/v1/toys');
    clock.jump(-3_600_000);
    await clock.advance(5_000);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });

  it('is passed over and replaced by no-cache', async () => {
    const { ask } = start(counting);
    await ask('/v1/toys');
    const forced = await ask('/v1/toys', { 'cache-control': 'no-cache' });
    expect(forced.json().run).toBe(2);
    expect(forced.headers['cache-status']).toBe('cost-gateway; fwd=request');
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });

  it('is not kept at all if that is asked for', async () => {
    const { ask, cache } = start(counting, { freshMs: 0 });
    await ask('/v1/toys');
    expect(await runOf(ask('/v1/toys'))).toBe(2);
    expect(cache.bytes).toBe(0);
  });
});

describe('a write through the gateway', () => {
  it('makes the next read new', async () => {
    const { ask } = start(counting);
    await ask('/v1/toys');
    expect((await ask('/v1/toys', {}, { method: 'PUT' })).statusCode).toBe(204);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });

  it('does so even if it failed, for it may have been done', async () => {
    const { ask } = start(counting);
    await ask('/v1/toys');
    expect((await ask('/v1/toys?fail=late', {}, { method: 'PUT' })).statusCode).toBe(500);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });

  it('keeps a read that had begun before it from being kept or joined', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { ask, runs, cache } = start(async (_input, run) => {
      await gates[run - 1]?.promise;
      return { json: { run } };
    });
    const early = ask('/v1/toys');
    while (runs() < 1) await new Promise((resolve) => setImmediate(resolve));
    cache.invalidate();
    const late = ask('/v1/toys');
    while (runs() < 2) await new Promise((resolve) => setImmediate(resolve));
    gates[1]?.resolve();
    expect(await runOf(late)).toBe(2);
    gates[0]?.resolve();
    expect(await runOf(early)).toBe(1);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });
});

describe('an answer that is not good', () => {
  it('is not kept if it is a problem', async () => {
    const { ask, runs } = start((_input, run) => {
      if (run === 1) throw new Failure('vendor-unavailable', { public: 'Down.' });
      return { json: { run } };
    });
    expect((await ask('/v1/toys')).statusCode).toBe(502);
    expect((await ask('/v1/toys')).statusCode).toBe(200);
    expect(runs()).toBe(2);
  });

  it('is kept 5 seconds if it has gaps, however long others are', async () => {
    const { ask, clock, runs } = start((_input, run) => answer(false, run), { freshMs: 60_000 });
    await ask('/v1/toys');
    await clock.advance(4_000);
    await ask('/v1/toys');
    expect(runs()).toBe(1);
    await clock.advance(1_000);
    await ask('/v1/toys');
    expect(runs()).toBe(2);
  });

  it('never takes the place of a good one', async () => {
    const { ask } = start((_input, run) => answer(run === 1, run));
    await ask('/v1/toys');
    expect(await runOf(ask('/v1/toys', { 'cache-control': 'no-cache' }))).toBe(2);
    expect(await runOf(ask('/v1/toys'))).toBe(1);
  });

  it('is not given to others if its gaps come from too little time', async () => {
    const { ask } = start((_input, run) => answer(run > 1, run));
    expect(await runOf(ask('/v1/toys', { 'x-deadline-ms': '1' }))).toBe(1);
    expect(await runOf(ask('/v1/toys'))).toBe(2);
  });
});

describe('the memory', () => {
  it('is bounded in bytes, whatever is asked', async () => {
    const { ask, cache } = start((input) => ({ json: { echo: input.query.service, fill: 'x'.repeat(5_000) } }), {
      bytesMax: 100_000,
    });
    for (let index = 0; index < 500; index += 1) await ask(`/v1/toys?service=${index}`);
    expect(cache.bytes).toBeGreaterThan(50_000);
    expect(cache.bytes).toBeLessThanOrEqual(100_000);
  });

  it('does not give up everything for one answer that is too large', async () => {
    const { ask, runs } = start(
      ({ query }) => ({ json: query.service === undefined ? 'small' : Buffer.alloc(200_000).toString('hex') }),
      { bytesMax: 100_000 },
    );
    await ask('/v1/toys');
    expect((await ask('/v1/toys?service=large')).statusCode).toBe(200);
    await ask('/v1/toys');
    expect(runs()).toBe(2);
  });
});
